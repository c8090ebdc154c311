#pragma once

#include "core/generation.hpp"
#include "core/renewal.hpp"
#include "core/rotation_state.hpp"
#include "http/per_process.hpp"

#include <alpaca/broker/options.hpp>
#include <alpaca/broker/stop.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

namespace alpaca::broker::core {

/// The credentials in force, and the thread that asks the user's provider for newer ones. Thread-safe.
///
/// Without a provider it is the credentials and nothing else. In a child made by fork() it goes on with those in force,
/// and with a thread of the child's own.
class Rotation {
 public:
  using Clock = RotationState::Clock;
  using Now = RotationState::Now;

  Rotation(const Credentials& first, RotationOptions options, const std::string& proxyPassword, Now now);

  /// Closes and joins.
  ~Rotation();
  Rotation(const Rotation&) = delete;
  Rotation& operator=(const Rotation&) = delete;

  [[nodiscard]] bool isOn() const noexcept { return options_.provider != nullptr; }

  /// Starts the thread, if it is to ask unasked. @throws std::system_error when there is none to be had
  void start();

  /// The generation in force, to be held for as long as a call runs. Takes a lock only where there is a provider; never
  /// waits for that.
  [[nodiscard]] std::shared_ptr<const Generation> current();

  /// Waits for newer credentials than those, no longer than this, and asks for them unless somebody has just done so.
  /// With no time it asks and does not wait.
  Renewal renew(const Generation& refused, std::chrono::milliseconds time, const StopToken& stop);

  /// Ends all waiting, now and later. Does not wait for the provider.
  void close();

  /// Waits for the thread, once closed. Called on that thread itself, by the provider, it lets it go instead.
  void join();

 private:
  using PerProcess = http::PerProcess<std::shared_ptr<RotationState>>;  // shared with the thread

  const RotationOptions options_;
  const Now now_;
  std::shared_ptr<Generation> only_;          // without a provider
  std::unique_ptr<PerProcess> state_;         // with one: it has the generation in force, and lets it go
  std::atomic<Generation*> newest_{nullptr};  // what a child begins with; never one that is gone
};

}  // namespace alpaca::broker::core
