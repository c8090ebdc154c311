#pragma once

#include <alpaca/broker/cancel_all.hpp>

#include <vector>

namespace alpaca::broker::endpoints::cancel_all {

/// Puts every entry in doubt that another entry for the same order contradicts: one says accepted, the other refused.
/// Of entries that agree on a refusal, one in doubt makes all of them so.
void doubtContradictions(std::vector<CancelAllEntry>& entries);

}  // namespace alpaca::broker::endpoints::cancel_all
