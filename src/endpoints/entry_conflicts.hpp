#pragma once

#include <alpaca/broker/cancel_all.hpp>

#include <vector>

namespace alpaca::broker::endpoints::cancel_all {

/// Puts entries for the same order in doubt when one says accepted and another one refused. Among entries that agree on
/// a refusal, one in doubt puts all of them in doubt.
void doubtContradictions(std::vector<CancelAllEntry>& entries);

}  // namespace alpaca::broker::endpoints::cancel_all
