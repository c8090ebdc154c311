#pragma once

#include "call/pipeline.hpp"

#include <alpaca/broker/warm_up.hpp>

namespace alpaca::broker::workflows {

/// Reads the clock on as many connections as are missing to `connections` recently used ones, all at once. The threads
/// for that end before it returns. Idle connections are used first: the warm-up has to prove that they work.
Result<WarmUpReport> warmUp(call::CallPipeline& pipeline, int connections, const CallOptions& options);

}  // namespace alpaca::broker::workflows
