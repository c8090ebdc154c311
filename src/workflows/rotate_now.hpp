#pragma once

#include "call/pipeline.hpp"

#include <alpaca/broker/call_options.hpp>
#include <alpaca/broker/result.hpp>
#include <alpaca/broker/rotation.hpp>

namespace alpaca::broker::workflows {

/// Asks the provider of credentials now. Sends nothing.
Result<RotationReport> rotateNow(call::CallPipeline& pipeline, const CallOptions& options);

}  // namespace alpaca::broker::workflows
