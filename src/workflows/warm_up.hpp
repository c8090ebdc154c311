#pragma once

#include "call/pipeline.hpp"

#include <alpaca/broker/warm_up.hpp>

namespace alpaca::broker::workflows {

/// Asks for the clock on as many connections as are missing to `connections` in use, all at once, on threads that end
/// before it returns. Those that stand idle are used first: their warmth is what is to be proven.
Result<WarmUp> warmUp(call::CallPipeline& pipeline, int connections, const CallOptions& options);

}  // namespace alpaca::broker::workflows
