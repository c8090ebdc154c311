#pragma once

#include <chrono>

namespace alpaca::broker::http {

/// An object that must release the TLS library before the process exits.
///
/// The TLS library cleans up in its own exit handler. A global object that was filled in main() is destroyed after
/// that, and would use freed memory. So every object that is still registered is ended before.
class EndsAtExit {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  EndsAtExit() = default;
  virtual ~EndsAtExit() = default;
  EndsAtExit(const EndsAtExit&) = delete;
  EndsAtExit& operator=(const EndsAtExit&) = delete;

  /// Ends every running call and every later one at once. Does not wait.
  virtual void close() noexcept = 0;

  /// Waits until nothing is running, at most until `until`, and frees everything that belongs to the TLS library.
  virtual void release(TimePoint until) noexcept = 0;
};

/// Registers the exit handler, once. Handlers run in reverse order, so call this after the TLS library has registered
/// its own.
void registerExitHandler() noexcept;

/// Keeps an object registered in the process that made it. A child made by fork() ends nothing that it inherited.
class ExitRegistration {
 public:
  explicit ExitRegistration(EndsAtExit& object);

  /// Waits while the exit handler is running, as it may be using the object.
  ~ExitRegistration();
  ExitRegistration(const ExitRegistration&) = delete;
  ExitRegistration& operator=(const ExitRegistration&) = delete;

  /// True when the exit handler has already run, and will not run again.
  [[nodiscard]] bool isTooLate() const noexcept { return tooLate_; }

 private:
  EndsAtExit& object_;
  bool tooLate_ = false;
};

/// Marks the time in which a thread destroys a client, and with it threads that have used the TLS library. The TLS
/// library cleans up after each such thread. It must not do so during its final clean-up, so the exit handler waits for
/// this object.
class ClientEnding {
 public:
  ClientEnding();
  ~ClientEnding();
  ClientEnding(const ClientEnding&) = delete;
  ClientEnding& operator=(const ClientEnding&) = delete;

  /// True when it began while another thread was already exiting the process. Then it is better to leave the threads
  /// waiting.
  [[nodiscard]] bool isTooLate() const noexcept { return tooLate_; }

 private:
  bool tooLate_ = false;
};

}  // namespace alpaca::broker::http
