#pragma once

#include "credentials/credential_set.hpp"
#include "credentials/renewal_result.hpp"

#include <alpaca/broker/options.hpp>
#include <alpaca/broker/stop.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace alpaca::broker::credentials {

/// The credentials in force, and the thread that asks the user's provider for newer ones. Without a provider it is the
/// credentials and nothing else. Thread-safe.
///
/// The provider may destroy it, and may make a child by fork(): the thread it is on comes back to nothing in here then.
class CredentialSource {
 public:
  using Clock = std::chrono::steady_clock;
  using Now = std::function<Clock::time_point()>;

  CredentialSource(const Credentials& first, RotationOptions options, const std::string& proxyPassword, Now now);

  /// Closes and joins.
  ~CredentialSource();
  CredentialSource(const CredentialSource&) = delete;
  CredentialSource& operator=(const CredentialSource&) = delete;

  [[nodiscard]] bool isOn() const noexcept { return options_.provider != nullptr; }

  /// Starts the thread, if it is to ask unasked. @throws std::system_error when there is none to be had
  void start();

  /// The generation in force, to be held for as long as it is used. Without a provider, what is returned counts nothing
  /// and lives as long as this; with one, this takes a lock, but never waits for the provider.
  [[nodiscard]] std::shared_ptr<const CredentialSet> current();

  /// Waits for newer credentials than those, no longer than this, and asks for them unless somebody has just done so.
  /// With no time it asks and does not wait.
  RenewalResult renew(const CredentialSet& refused, std::chrono::milliseconds time, const StopToken& stop);

  /// Ends all waiting, now and later. Does not wait for the provider.
  void close();

  /// Waits for the thread, once closed. Called on that thread itself, by the provider, it lets it go instead.
  void join();

 private:
  using Lock = std::unique_lock<std::mutex>;
  using Provider = std::function<Credentials()>;

  // What one round of asking came to.
  struct Answer {
    RenewalResult renewal = RenewalResult::Failed;
    std::shared_ptr<const CredentialSet> next{};
  };

  [[nodiscard]] Clock::time_point nextDue() const { return now_() + options_.interval; }
  [[nodiscard]] bool asksUnasked() const noexcept { return isOn() && options_.interval > std::chrono::milliseconds(0); }
  void launch();
  bool startThread() noexcept;
  std::uint64_t want();
  void work(const Provider& provider);
  bool awaitOccasion(Lock& lock);
  [[nodiscard]] Answer judge(const std::optional<Credentials>& given) const noexcept;
  std::shared_ptr<const CredentialSet> take(Answer answer);

  const RotationOptions options_;
  const Now now_;
  std::mutex mutex_;
  std::condition_variable wake_;     // of the thread
  std::condition_variable settled_;  // of those who wait for newer credentials
  std::shared_ptr<const CredentialSet> current_;
  std::thread thread_;
  bool* letGo_ = nullptr;    // on the thread's stack: that `join` was called on it, and this may be gone
  std::uint64_t begun_ = 0;  // rounds of asking
  std::uint64_t ended_ = 0;
  bool wanted_ = false;       // by somebody who was refused, and not asked for yet
  bool forRefusals_ = false;  // the last round that has begun
  RenewalResult last_ = RenewalResult::Unchanged;
  Clock::time_point silentUntil_ = Clock::time_point::min();
  Clock::time_point due_;
  bool closing_ = false;
};

}  // namespace alpaca::broker::credentials
