#pragma once

#include "call/pipeline.hpp"

#include <alpaca/broker/batch_confirm.hpp>

#include <vector>

/// Cancels many orders and follows each to its end. All cancels go out before the first order is read.
namespace alpaca::broker::workflows {

Result<BatchConfirmReport> cancelOrdersAndConfirm(call::CallPipeline& pipeline, const std::vector<OrderRef>& orders,
                                                  const BatchConfirmOptions& options);

}  // namespace alpaca::broker::workflows
