#pragma once

#include <alpaca/broker.hpp>

#include <pthread.h>

#include <csignal>
#include <thread>

/// Turns Ctrl-C into a stop: what is not sent yet stays unsent, and what is under way is reported. Construct it before
/// any other thread is started. A signal handler could not do this, as a stop takes locks; a thread that waits for the
/// signal can.
class StopOnInterrupt {
 public:
  StopOnInterrupt() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGUSR1);                   // ends the wait when there is nothing to stop any more
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);  // in this thread and in those it starts
    thread_ = std::thread([this] {
      int signal = 0;
      sigwait(&signals_, &signal);
      if (signal != SIGUSR1) source_.requestStop();
    });
  }
  ~StopOnInterrupt() {
    pthread_kill(thread_.native_handle(), SIGUSR1);
    thread_.join();
  }
  StopOnInterrupt(const StopOnInterrupt&) = delete;
  StopOnInterrupt& operator=(const StopOnInterrupt&) = delete;

  [[nodiscard]] alpaca::broker::StopToken token() const { return source_.token(); }

 private:
  sigset_t signals_{};
  alpaca::broker::StopSource source_;
  std::thread thread_;
};
