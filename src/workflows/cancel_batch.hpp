#pragma once

#include "call/pipeline.hpp"

#include <alpaca/broker/batch.hpp>

#include <vector>

/// Cancels many orders in parallel, one request per order, within the broker's rate limit.
namespace alpaca::broker::workflows {

Result<BatchReport> cancelOrders(call::CallPipeline& pipeline, const std::vector<OrderRef>& orders,
                                 const BatchOptions& options);

}  // namespace alpaca::broker::workflows
