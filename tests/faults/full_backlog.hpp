#pragma once

#include <string>
#include <vector>

namespace alpaca::broker::test {

/// A listening socket whose backlog is full. The kernel silently drops every further SYN, as a dead host does.
class FullBacklog {
 public:
  explicit FullBacklog(const char* address = "127.0.0.1", int port = 0);
  ~FullBacklog();
  FullBacklog(const FullBacklog&) = delete;
  FullBacklog& operator=(const FullBacklog&) = delete;

  /// The URL, with plain http.
  [[nodiscard]] const std::string& url() const noexcept { return url_; }

 private:
  std::vector<int> sockets_;  // the listener first
  std::string url_;
};

}  // namespace alpaca::broker::test
