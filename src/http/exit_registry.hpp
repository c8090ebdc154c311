#pragma once

#include <chrono>

namespace alpaca::broker::http {

/// What must have let go of the TLS library by the time that the process exits.
///
/// The library cleans up in an exit handler of its own. An object that is destroyed after that, as a global one that
/// was filled in main() is, would use what is gone. So whoever is registered then is ended before.
class EndsAtExit {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  EndsAtExit() = default;
  virtual ~EndsAtExit() = default;
  EndsAtExit(const EndsAtExit&) = delete;
  EndsAtExit& operator=(const EndsAtExit&) = delete;

  /// Ends what is running, and all that is begun later. Does not wait.
  virtual void close() noexcept = 0;

  /// Waits until nothing is running, no longer than this, and frees what belongs to the TLS library.
  virtual void release(TimePoint until) noexcept = 0;
};

/// Registers the exit handler, once. Handlers run in the reverse order: call it when the TLS library has registered
/// its own.
void registerExitHandler() noexcept;

/// Keeps an object registered, in the process that made it: a child made by fork() ends nothing that it inherited.
class ExitRegistration {
 public:
  explicit ExitRegistration(EndsAtExit& object);

  /// Waits while the exit handler is at work: it may be using the object.
  ~ExitRegistration();
  ExitRegistration(const ExitRegistration&) = delete;
  ExitRegistration& operator=(const ExitRegistration&) = delete;

  /// True when the exit handler has run before, and will not come again.
  [[nodiscard]] bool isTooLate() const noexcept { return tooLate_; }

 private:
  EndsAtExit& object_;
  bool tooLate_ = false;
};

/// The time in which a thread ends a client, and with it threads that have used the TLS library: that cleans up behind
/// each such thread, and must not do so while it cleans up behind all. The exit handler waits for it.
class ClientEnding {
 public:
  ClientEnding();
  ~ClientEnding();
  ClientEnding(const ClientEnding&) = delete;
  ClientEnding& operator=(const ClientEnding&) = delete;

  /// True when it began too late, while another thread exits: threads are better left waiting.
  [[nodiscard]] bool isTooLate() const noexcept { return tooLate_; }

 private:
  bool tooLate_ = false;
};

}  // namespace alpaca::broker::http
