#pragma once

#include "core/generation.hpp"
#include "core/renewal.hpp"
#include "platform/process.hpp"

#include <alpaca/broker/options.hpp>
#include <alpaca/broker/stop.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace alpaca::broker::core {

/// What a rotation is in one process: the generation in force, and the thread that asks for the next. The thread holds
/// it, too, so that a provider may destroy the client that asks it. Thread-safe.
class RotationState : public std::enable_shared_from_this<RotationState> {
 public:
  using Clock = std::chrono::steady_clock;
  using Now = std::function<Clock::time_point()>;

  /// @param newest is kept up to date until `close()`: what a child made by fork() begins with
  RotationState(std::shared_ptr<Generation> first, RotationOptions options, Now now, std::atomic<Generation*>& newest);

  /// These are what `Rotation` says of them.
  /// @{
  void start();
  std::shared_ptr<const Generation> current();
  Renewal renew(std::uint64_t refused, std::chrono::milliseconds time, const StopToken& stop);
  void close();
  void join();
  /// @}

 private:
  using Lock = std::unique_lock<std::mutex>;

  // What one round of asking came to.
  struct Answer {
    Renewal renewal = Renewal::Failed;
    Generation::Link next{};
  };

  [[nodiscard]] Clock::time_point nextDue() const { return now_() + options_.interval; }
  [[nodiscard]] bool asksUnasked() const noexcept { return options_.interval > std::chrono::milliseconds(0); }
  void launch();
  bool startThread() noexcept;
  std::uint64_t want();
  void work();
  bool awaitOccasion(Lock& lock);
  Answer ask() const noexcept;
  std::shared_ptr<Generation> take(Answer answer);

  const long process_ = platform::processId();
  const RotationOptions options_;
  const Now now_;
  std::atomic<Generation*>& newest_;  // the client's, and so not touched once that is closed
  std::mutex mutex_;
  std::condition_variable wake_;     // of the thread
  std::condition_variable settled_;  // of those who wait for newer credentials
  std::shared_ptr<Generation> current_;
  std::thread thread_;
  std::uint64_t begun_ = 0;  // rounds of asking
  std::uint64_t ended_ = 0;
  bool wanted_ = false;       // by somebody who was refused, and not asked for yet
  bool forRefusals_ = false;  // the last round that has begun
  Renewal last_ = Renewal::Unchanged;
  Clock::time_point silentUntil_ = Clock::time_point::min();
  Clock::time_point due_;
  bool closing_ = false;
};

}  // namespace alpaca::broker::core
