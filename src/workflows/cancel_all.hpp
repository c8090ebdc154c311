#pragma once

#include "call/pipeline.hpp"

#include <alpaca/broker/cancel_all.hpp>

namespace alpaca::broker::workflows {

/// Asks once for the cancel of all open orders. When no clear answer comes, lists what is open then, in the time that
/// is left.
Result<CancelAllReport> cancelAllOrders(call::CallPipeline& pipeline, const AccountId& account,
                                        const CallOptions& options);

}  // namespace alpaca::broker::workflows
