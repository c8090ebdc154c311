#include "workflows/rotate_now.hpp"

#include "model/invalid_argument.hpp"
#include "model/options_check.hpp"

#include <chrono>
#include <optional>
#include <utility>

namespace alpaca::broker::workflows {
namespace {

using credentials::RenewalResult;

ErrorKind kindOf(RenewalResult renewal) noexcept {
  const bool isEnded = renewal == RenewalResult::Stopped || renewal == RenewalResult::Closed;
  return isEnded ? ErrorKind::Aborted : ErrorKind::NotSent;
}

std::optional<Error> validate(call::CallPipeline& pipeline, const CallOptions& options) {
  if (pipeline.credentialSource().isOn()) return model::validate(options);
  return model::invalidArgument("ClientOptions::rotation.provider", "is empty, so there is nothing to ask",
                                "a function that returns the credentials that are valid now");
}

}  // namespace

Result<RotationReport> rotateNow(call::CallPipeline& pipeline, const CallOptions& options) {
  if (auto fault = validate(pipeline, options)) return *model::withNothingSent(std::move(fault));
  const auto start = pipeline.now();
  const auto time =
      std::chrono::duration_cast<std::chrono::milliseconds>(pipeline.limits(options, start).deadline - start);
  const RenewalResult renewal = pipeline.credentialSource().askNow(time, options.stop);
  CallInfo call;
  call.elapsed = pipeline.now() - start;
  if (renewal == RenewalResult::Newer || renewal == RenewalResult::Unchanged) {
    return {RotationReport{renewal == RenewalResult::Newer}, std::move(call)};
  }
  Error error{kindOf(renewal), "The credentials were not replaced."};
  error.message += credentials::textOf(renewal).explanation;
  error.call = std::move(call);
  return error;
}

}  // namespace alpaca::broker::workflows
