#pragma once

#include "call/pipeline.hpp"

#include <alpaca/broker/options.hpp>

#include <future>
#include <memory>
#include <thread>

namespace alpaca::broker::workflows {

/// Keeps connections warm on the calling thread until the caller is closed: asks for the clock, once, wherever that is
/// due. Ends in a child made by fork() from within an observer, too, and takes no lock there.
void keepWarm(call::CallPipeline& pipeline, const KeepWarmOptions& options);

/// The thread that does so.
class WarmKeeper {
 public:
  WarmKeeper() = default;

  /// Starts the thread, unless the options ask for no connection. It holds the caller until it ends, which is not
  /// before `join`: a thread that ended while the process exits would have the TLS library clean up behind it, beside
  /// the exit handler that does the same.
  /// @throws std::system_error when there is no thread to be had
  void start(std::shared_ptr<call::CallPipeline> pipeline, const KeepWarmOptions& options);

  /// Waits for the thread, which ends once the caller is closed. Called on that thread itself, by an observer, it lets
  /// it go instead.
  void join();

  /// Lets the thread go, to wait for good: for when the process exits on another one.
  void abandon();

 private:
  std::promise<void> release_;  // what the thread waits for in the end
  std::thread thread_;
};

}  // namespace alpaca::broker::workflows
