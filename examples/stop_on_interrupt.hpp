#pragma once

#include <alpaca/broker.hpp>

#include <pthread.h>

#include <atomic>
#include <csignal>
#include <exception>
#include <iostream>
#include <thread>

/// Turns Ctrl-C, SIGTERM and a closed terminal (SIGHUP, unless `nohup` ignores it) into a stop. Unsent requests stay
/// unsent, and requests in flight are reported. Construct it before any other thread starts. A signal handler could not
/// do this, because a stop takes locks; so a thread waits for the signals.
///
/// If no thread can be started, it says so on the error stream, and the program continues, because the orders matter
/// more. These signals then end the program as they do by default. Once constructed, the program ignores SIGUSR1 and
/// SIGUSR2, which would otherwise end it. After a stop, and after this object's destruction, further signals change
/// nothing, so that a report is finished.
class StopOnInterrupt {
 public:
  StopOnInterrupt() {
    std::signal(SIGUSR1, SIG_IGN);
    std::signal(SIGUSR2, SIG_IGN);
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    if (!isIgnored(SIGHUP)) sigaddset(&signals_, SIGHUP);
    sigset_t before{};
    pthread_sigmask(SIG_BLOCK, &signals_, &before);  // in this thread and in those it starts
    try {
      thread_ = std::thread([this] { wait(); });
    } catch (const std::exception& failure) {
      pthread_sigmask(SIG_SETMASK, &before, nullptr);
      std::cerr << "Ctrl-C will end this without a report, as no thread can be started: " << failure.what() << '\n';
    }
  }
  ~StopOnInterrupt() {
    if (!thread_.joinable()) return;
    ending_ = true;
    pthread_kill(thread_.native_handle(), SIGINT);  // wakes only that thread
    thread_.join();
  }
  StopOnInterrupt(const StopOnInterrupt&) = delete;
  StopOnInterrupt& operator=(const StopOnInterrupt&) = delete;

  [[nodiscard]] alpaca::broker::StopToken token() const { return source_.token(); }

 private:
  static bool isIgnored(int signal) {
    struct sigaction action {};
    return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
  }

  void wait() {
    for (;;) {
      int signal = 0;
      sigwait(&signals_, &signal);
      if (ending_) return;
      source_.requestStop();
    }
  }

  sigset_t signals_{};
  std::atomic<bool> ending_{false};
  alpaca::broker::StopSource source_;
  std::thread thread_;
};
