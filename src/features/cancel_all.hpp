#pragma once

#include "core/caller.hpp"

#include <alpaca/broker/cancel_all.hpp>

namespace alpaca::broker::features {

/// Asks once for the cancel of all open orders. When no clear answer comes, lists what is open then, in the time that
/// is left.
Result<CancelAllReport> cancelAllOrders(core::Caller& caller, const AccountId& account, const CallOptions& options);

/// Says of each refused order what that means: the same as if that one had been asked for.
void explainRefusals(CancelAllReport& report);

}  // namespace alpaca::broker::features
