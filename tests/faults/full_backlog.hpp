#pragma once

#include <string>
#include <vector>

namespace alpaca::broker::test {

/// A listening socket of this machine that has more connections waiting than it may have: the kernel drops every
/// further SYN without a word, as a dead host or a silent firewall does.
class FullBacklog {
 public:
  explicit FullBacklog(const char* address = "127.0.0.1", int port = 0);
  ~FullBacklog();
  FullBacklog(const FullBacklog&) = delete;
  FullBacklog& operator=(const FullBacklog&) = delete;

  /// Plain http.
  [[nodiscard]] const std::string& url() const noexcept { return url_; }

 private:
  std::vector<int> sockets_;  // the listener first
  std::string url_;
};

}  // namespace alpaca::broker::test
