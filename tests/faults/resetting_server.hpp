#pragma once

#include <string>
#include <thread>

namespace alpaca::broker::test {

/// Reads from each connection and resets it, one after the other, on one thread. Unlike ScriptedServer it keeps no
/// growing record, so it can run for any length of time.
class ResettingServer {
 public:
  ResettingServer();
  ~ResettingServer();
  ResettingServer(const ResettingServer&) = delete;
  ResettingServer& operator=(const ResettingServer&) = delete;

  [[nodiscard]] const std::string& url() const noexcept { return url_; }

 private:
  void serve() const;

  int listener_;
  std::string url_;
  std::thread thread_;
};

}  // namespace alpaca::broker::test
