#pragma once

#include "nginx/nginx_parts.hpp"
#include "nginx/process_group.hpp"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace alpaca::broker::test {

/// One request, as nginx logged it.
struct LoggedRequest {
  std::string method;
  std::string order;  ///< the last segment of the target
  int status = 0;
  std::string connection;  ///< differs for every connection
};

/// A real nginx on 127.0.0.1 with TLS and two workers. It answers 204 unless the configuration says otherwise.
class NginxServer {
 public:
  /// Starts nginx, with these lines in its `server` block and in its `http` block.
  explicit NginxServer(const std::string& server = {}, const std::string& http = {});

  [[nodiscard]] int port() const noexcept { return port_; }
  [[nodiscard]] std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] std::string caFile() const { return folder_.path("certificate.pem"); }

  /// Starts nginx again after `stop` or `crash`, on the same port.
  void start();

  /// Replaces the workers gracefully, and waits until the old ones have ended.
  void reload();

  /// Kills the workers, and waits until new ones run.
  void killWorkers();

  /// Stops nginx: SIGTERM at once, SIGQUIT after the requests in flight. Waits until all its processes have ended.
  void stop(int signal);

  /// Kills all processes of nginx.
  void crash();

  /// All requests so far. Complete only after `stop`: nginx logs a request after it sent the answer.
  [[nodiscard]] std::vector<LoggedRequest> log() const;

 private:
  void writeFiles(const std::string& server, const std::string& http) const;
  bool tryStart();
  void waitUntilReplaced(const std::set<pid_t>& old) const;
  void waitUntilGone();
  [[nodiscard]] std::set<pid_t> workers() const;

  NginxFolder folder_;  // declared before the processes, which must not outlive it
  int port_ = 0;
  std::unique_ptr<ProcessGroup> processes_;
};

}  // namespace alpaca::broker::test
