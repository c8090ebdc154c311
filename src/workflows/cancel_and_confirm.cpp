#include "workflows/cancel_and_confirm.hpp"

#include "workflows/cancel_follower.hpp"

namespace alpaca::broker::workflows {

Result<CancelConfirmation> cancelAndConfirm(call::CallPipeline& pipeline, const AccountId& account,
                                            const OrderId& order, const ConfirmOptions& options) {
  if (auto fault = model::validate(options)) return std::move(*fault);
  const auto start = pipeline.now();
  return CancelFollower(pipeline, {account, order}, options, pipeline.limits(options.call, start), start).run();
}

}  // namespace alpaca::broker::workflows
