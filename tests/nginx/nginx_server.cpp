#include "nginx/nginx_server.hpp"

#include "support/eventually.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <stdexcept>

namespace alpaca::broker::test {
namespace {

namespace fs = std::filesystem;

// Another process may take the port before nginx does, so several are tried.
constexpr int kMaxPorts = 5;

// The access log is not buffered. So only a killed worker can lose lines, and only those of requests in progress. All
// paths are relative to the server's own folder, so nginx needs no special rights.
constexpr const char* kConfiguration = R"(
daemon off;
worker_processes 2;
worker_shutdown_timeout 5s;
pid nginx.pid;
error_log error.log notice;
events { worker_connections 256; }
http {
  log_format ledger '$request_method $request_uri $status $pid-$connection';
  access_log access.log ledger;
  client_body_temp_path client_body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  ssl_certificate certificate.pem;
  ssl_certificate_key key.pem;
  keepalive_requests 1000000;
  @HTTP@
  server {
    listen 127.0.0.1:@PORT@ ssl;
    @SERVER@
    location / { return 204; }
  }
}
)";

}  // namespace

NginxServer::NginxServer(const std::string& server, const std::string& http) {
  for (int i = 0; i < kMaxPorts; ++i) {
    port_ = freePort();
    writeFiles(server, http);
    if (tryStart()) return;
  }
  throw std::runtime_error("nginx does not start: " + folder_.textOf("error.log"));
}

void NginxServer::writeFiles(const std::string& server, const std::string& http) const {
  folder_.writeIdentity(testing::makeCertificate());
  std::string text = filledIn(kConfiguration, "@HTTP@", http);
  text = filledIn(text, "@SERVER@", server);
  folder_.write("nginx.conf", filledIn(text, "@PORT@", std::to_string(port_)));
}

void NginxServer::start() {
  if (!tryStart()) throw std::runtime_error("nginx does not start again: " + folder_.textOf("error.log"));
}

// nginx listens before it writes its process id.
bool NginxServer::tryStart() {
  fs::remove(folder_.path("nginx.pid"));
  processes_.reset();
  processes_ = std::make_unique<ProcessGroup>(
      std::vector<std::string>{*nginxProgram(), "-p", folder_.path(""), "-c", "nginx.conf", "-e", "error.log"});
  const std::string id = std::to_string(processes_->leader()) + "\n";
  bool gone = false;
  eventually([&] {
    gone = processes_->isGone();
    return gone || (folder_.textOf("nginx.pid") == id && workers().size() == 2);
  });
  return !gone && folder_.textOf("nginx.pid") == id;
}

void NginxServer::reload() {
  const auto old = workers();
  processes_->signal(SIGHUP);
  waitUntilReplaced(old);
}

void NginxServer::killWorkers() {
  const auto old = workers();
  for (const pid_t worker : old) processes_->signal(worker, SIGKILL);
  waitUntilReplaced(old);
}

void NginxServer::waitUntilReplaced(const std::set<pid_t>& old) const {
  const bool done = eventually([&] {
    const auto now = workers();
    return now.size() == 2 && std::none_of(now.begin(), now.end(), [&](pid_t worker) { return old.count(worker) > 0; });
  });
  if (!done) throw std::runtime_error("nginx does not replace its workers: " + folder_.textOf("error.log"));
}

void NginxServer::stop(int signal) {
  processes_->signal(signal);
  waitUntilGone();
}

void NginxServer::crash() {
  processes_->signalAll(SIGKILL);
  waitUntilGone();
}

void NginxServer::waitUntilGone() {
  if (!eventually([&] { return processes_->isGone(); })) throw std::runtime_error("nginx does not stop");
  // The next start must log only its own workers.
  fs::remove(folder_.path("error.log"));
}

std::vector<LoggedRequest> NginxServer::log() const {
  std::vector<LoggedRequest> requests;
  std::istringstream lines(folder_.textOf("access.log"));
  std::string target;
  for (LoggedRequest request; lines >> request.method >> target >> request.status >> request.connection;) {
    request.order = target.substr(target.rfind('/') + 1);
    requests.push_back(request);
  }
  return requests;
}

// Reads the master's log: "start worker process 12", "worker process 12 exited with code 0".
std::set<pid_t> NginxServer::workers() const {
  std::set<pid_t> running;
  std::istringstream lines(folder_.textOf("error.log"));
  for (std::string line; std::getline(lines, line);) {
    constexpr std::string_view kName = "worker process ";
    const auto at = line.find(kName);
    if (at == std::string::npos) continue;
    const auto id = static_cast<pid_t>(std::strtol(line.c_str() + at + kName.size(), nullptr, 10));
    if (line.find("start worker process ") != std::string::npos) running.insert(id);
    if (line.find(" exited ", at) != std::string::npos) running.erase(id);
  }
  return running;
}

}  // namespace alpaca::broker::test
