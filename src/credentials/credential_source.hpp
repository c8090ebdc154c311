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

/// The current credentials, and the thread that asks the user's provider for newer ones. Without a provider, the
/// credentials never change. Thread-safe.
///
/// The provider may destroy this object or make a child process by fork(). In both cases its thread does not touch this
/// object any more.
class CredentialSource {
 public:
  using Clock = std::chrono::steady_clock;
  using Now = std::function<Clock::time_point()>;

  CredentialSource(const Credentials& first, RotationOptions options, const std::string& proxyPassword, Now now);

  /// Calls `close` and `join`.
  ~CredentialSource();
  CredentialSource(const CredentialSource&) = delete;
  CredentialSource& operator=(const CredentialSource&) = delete;

  [[nodiscard]] bool isOn() const noexcept { return options_.provider != nullptr; }

  /// Starts the thread if there is a provider and `RotationOptions::interval` is above 0.
  /// @throws std::system_error when no thread can be started
  void start();

  /// Returns the current set; hold the pointer for as long as the set is in use. With a provider, this takes a lock but
  /// never waits for the provider. Without one, the pointer has no reference count and is valid for as long as this
  /// object.
  [[nodiscard]] std::shared_ptr<const CredentialSet> current();

  /// Waits at most `time` for credentials newer than `refused`. Asks the provider for them unless another call has just
  /// done so. With a `time` of 0 it asks and does not wait.
  RenewalResult renew(const CredentialSet& refused, std::chrono::milliseconds time, const StopToken& stop);

  /// Asks the provider, and waits at most `time` for its answer. Only a question that begins after this call counts,
  /// since an earlier one may have read what has been replaced meanwhile. Calls share it.
  /// @return `Newer` when the credentials have been replaced since the call
  RenewalResult askNow(std::chrono::milliseconds time, const StopToken& stop);

  /// Ends every current and later wait. Does not wait for the provider.
  void close();

  /// Joins the thread; call `close` first. When the provider calls this on that thread, detaches it instead.
  void join();

 private:
  using Lock = std::unique_lock<std::mutex>;
  using Provider = std::function<Credentials()>;

  // The round that a call waits for.
  struct Wait {
    std::uint64_t round;
    std::uint64_t number;   // of the credentials that the call knows
    bool anyNewerIsEnough;  // even of an earlier round
    std::chrono::milliseconds time;
  };

  // The outcome of one round of asking the provider.
  struct Answer {
    RenewalResult renewal = RenewalResult::Failed;
    std::shared_ptr<const CredentialSet> next{};
  };

  [[nodiscard]] Clock::time_point nextDue() const { return now_() + options_.interval; }
  [[nodiscard]] bool asksUnasked() const noexcept { return isOn() && options_.interval > std::chrono::milliseconds(0); }
  void launch();
  bool startThread() noexcept;
  [[nodiscard]] bool isOwnThread() const noexcept { return thread_.get_id() == std::this_thread::get_id(); }
  std::uint64_t want();
  RenewalResult await(Lock& lock, const Wait& wait, const StopToken& stop);
  void work(const Provider& provider);
  bool awaitOccasion(Lock& lock);
  [[nodiscard]] Answer judge(const std::optional<Credentials>& given) const noexcept;
  std::shared_ptr<const CredentialSet> take(Answer answer);

  const RotationOptions options_;
  const Now now_;
  std::mutex mutex_;
  std::condition_variable wake_;     // wakes the thread
  std::condition_variable settled_;  // wakes the calls that wait for newer credentials
  std::shared_ptr<const CredentialSet> current_;
  std::thread thread_;
  // A flag on the thread's stack. True means that `join` was called on that thread, and this object may be gone.
  bool* destroyed_ = nullptr;
  std::uint64_t begun_ = 0;  // rounds of asking the provider
  std::uint64_t ended_ = 0;
  // A call wants an answer, and no round has started for it yet.
  bool wanted_ = false;
  // The same, for a call with refused credentials.
  bool refused_ = false;
  // Whether the latest round started for refused credentials.
  bool forRefusals_ = false;
  RenewalResult last_ = RenewalResult::Unchanged;
  Clock::time_point silentUntil_ = Clock::time_point::min();
  Clock::time_point due_;
  bool closing_ = false;
};

}  // namespace alpaca::broker::credentials
