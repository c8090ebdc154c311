#pragma once

#include "call/pipeline.hpp"

#include <alpaca/broker/confirm.hpp>
#include <alpaca/broker/ids.hpp>

/// Cancels an order, then reads it until its status is final. Repeats the cancel where a read shows that it is needed.
namespace alpaca::broker::workflows {

Result<CancelConfirmation> cancelAndConfirm(call::CallPipeline& pipeline, const AccountId& account,
                                            const OrderId& order, const ConfirmOptions& options);

}  // namespace alpaca::broker::workflows
