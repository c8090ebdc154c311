#pragma once

#include "call/pipeline.hpp"

#include <alpaca/broker/cancel_all.hpp>

namespace alpaca::broker::workflows {

/// Sends one request to cancel all open orders. When no clear answer comes, lists the orders that are still open,
/// within the remaining time.
Result<CancelAllReport> cancelAllOrders(call::CallPipeline& pipeline, const AccountId& account,
                                        const CallOptions& options);

}  // namespace alpaca::broker::workflows
