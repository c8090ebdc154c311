#pragma once

#include "nginx/nginx_parts.hpp"
#include "nginx/process_group.hpp"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace alpaca::broker::test {

/// One request, as nginx wrote it down when it was done with it.
struct LoggedRequest {
  std::string method;
  std::string order;  ///< the last segment of the target
  int status = 0;
  std::string connection;  ///< differs for every connection
};

/// A real nginx on 127.0.0.1, speaking TLS, with two workers. It answers 204 where the configuration says nothing else.
class NginxServer {
 public:
  /// Starts it, with these lines in its `server` block and in its `http` block.
  explicit NginxServer(const std::string& server = {}, const std::string& http = {});

  [[nodiscard]] int port() const noexcept { return port_; }
  [[nodiscard]] std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] std::string caFile() const { return folder_.path("certificate.pem"); }

  /// Starts it again after `stop` or `crash`, on the same port.
  void start();

  /// Replaces the workers gracefully, and waits until the old ones are gone.
  void reload();

  /// Kills the workers, and waits until there are new ones.
  void killWorkers();

  /// Tells it to stop: SIGTERM at once, SIGQUIT after the running requests. Waits until all of it is gone.
  void stop(int signal);

  /// Kills all of it.
  void crash();

  /// All requests so far. Complete only after `stop`: a line is written after the answer was sent.
  [[nodiscard]] std::vector<LoggedRequest> log() const;

 private:
  void writeFiles(const std::string& server, const std::string& http) const;
  bool tryStart();
  void waitUntilReplaced(const std::set<pid_t>& old) const;
  void waitUntilGone();
  [[nodiscard]] std::set<pid_t> workers() const;

  NginxFolder folder_;  // before the processes: they must not outlive it
  int port_ = 0;
  std::unique_ptr<ProcessGroup> processes_;
};

}  // namespace alpaca::broker::test
