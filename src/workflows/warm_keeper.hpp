#pragma once

#include "call/pipeline.hpp"

#include <alpaca/broker/options.hpp>

#include <future>
#include <memory>
#include <thread>

namespace alpaca::broker::workflows {

/// Keeps connections warm on the calling thread until the pipeline is closed: reads the clock once on every connection
/// that is due. If an observer forks, this function ends in the child, too, and takes no lock there.
void keepWarm(call::CallPipeline& pipeline, const KeepWarmOptions& options);

/// The thread that keeps connections warm.
class WarmKeeper {
 public:
  /// Starts the thread, unless the options ask for no connection. The thread keeps the pipeline alive, and does not end
  /// before `join`. If it ended during the process's exit, the TLS library would clean up twice at once: on this thread
  /// and in its exit handler.
  /// @throws std::system_error when no thread can be started
  void start(std::shared_ptr<call::CallPipeline> pipeline, const KeepWarmOptions& options);

  /// Waits for the thread, which ends once the pipeline is closed. If an observer calls this on that very thread, it
  /// detaches the thread instead.
  void join();

  /// Detaches the thread and never releases it: for a process that exits on another thread.
  void abandon();

 private:
  std::promise<void> release_;  // the thread waits for this before it ends
  std::thread thread_;
};

}  // namespace alpaca::broker::workflows
