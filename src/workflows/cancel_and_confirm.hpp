#pragma once

#include "call/pipeline.hpp"

#include <alpaca/broker/confirm.hpp>
#include <alpaca/broker/ids.hpp>

/// Cancels an order, then reads it until it is final: the one call that cancels and the one that reads, in turn.
namespace alpaca::broker::workflows {

Result<CancelConfirmation> cancelAndConfirm(call::CallPipeline& pipeline, const AccountId& account,
                                            const OrderId& order, const ConfirmOptions& options);

}  // namespace alpaca::broker::workflows
