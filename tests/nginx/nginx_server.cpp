#include "nginx/nginx_server.hpp"

#include "testing/certificate.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace alpaca::broker::test {
namespace {

namespace fs = std::filesystem;

// Another process may take the port before nginx does.
constexpr int kMostPorts = 5;

int freePort() {
  const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const bool bound = ::bind(probe, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(probe);
  if (!bound) throw std::runtime_error("no port is free");
  return ntohs(address.sin_port);
}

std::string newFolder() {
  std::string path = (fs::temp_directory_path() / "broker-nginx-XXXXXX").string();
  if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no temporary folder");
  return path;
}

void write(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

std::string pemOf(EVP_PKEY* key) {
  const std::unique_ptr<BIO, int (*)(BIO*)> memory(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  char* text = nullptr;
  const long length = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(length)};
}

// The access log is not buffered, so that only a worker that is killed can lose a line, and only the one of a request
// that it was just working on. Every path is relative to the server's own folder: it needs no rights on the system.
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

std::string replaced(std::string text, const std::string& name, const std::string& value) {
  return text.replace(text.find(name), name.size(), value);
}

}  // namespace

std::optional<std::string> NginxServer::program() {
  const char* path = std::getenv("PATH");
  std::istringstream folders(std::string(path == nullptr ? "" : path) + ":/usr/sbin:/usr/local/sbin:/sbin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string candidate = folder + "/nginx";
    if (::access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return std::nullopt;
}

NginxServer::NginxServer(const std::string& server, const std::string& http) : folder_(newFolder()) {
  for (int i = 0; i < kMostPorts; ++i) {
    port_ = freePort();
    writeFiles(server, http);
    if (tryStart()) return;
  }
  throw std::runtime_error("nginx does not start: " + textOf("error.log"));
}

NginxServer::~NginxServer() {
  processes_.reset();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void NginxServer::writeFiles(const std::string& server, const std::string& http) const {
  const testing::Certificate certificate = testing::makeCertificate();
  write(caFile(), certificate.pem());
  write(folder_ + "/key.pem", pemOf(certificate.key.get()));
  std::string text = replaced(kConfiguration, "@HTTP@", http);
  text = replaced(text, "@SERVER@", server);
  write(folder_ + "/nginx.conf", replaced(text, "@PORT@", std::to_string(port_)));
}

void NginxServer::start() {
  if (!tryStart()) throw std::runtime_error("nginx does not start again: " + textOf("error.log"));
}

// It listens from before it writes its process id on.
bool NginxServer::tryStart() {
  fs::remove(folder_ + "/nginx.pid");
  processes_.reset();
  processes_ = std::make_unique<ProcessGroup>(
      std::vector<std::string>{*program(), "-p", folder_ + "/", "-c", "nginx.conf", "-e", "error.log"});
  const std::string id = std::to_string(processes_->leader()) + "\n";
  bool gone = false;
  eventually([&] {
    gone = processes_->isGone();
    return gone || (textOf("nginx.pid") == id && workers().size() == 2);
  });
  return !gone && textOf("nginx.pid") == id;
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
  if (!done) throw std::runtime_error("nginx does not replace its workers: " + textOf("error.log"));
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
  // The next start writes its own story of who runs.
  fs::remove(folder_ + "/error.log");
}

std::vector<LoggedRequest> NginxServer::log() const {
  std::vector<LoggedRequest> requests;
  std::istringstream lines(textOf("access.log"));
  std::string target;
  for (LoggedRequest request; lines >> request.method >> target >> request.status >> request.connection;) {
    request.order = target.substr(target.rfind('/') + 1);
    requests.push_back(request);
  }
  return requests;
}

// By what the master process says about it: "start worker process 12", "worker process 12 exited with code 0".
std::set<pid_t> NginxServer::workers() const {
  std::set<pid_t> running;
  std::istringstream lines(textOf("error.log"));
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

std::string NginxServer::textOf(const char* file) const {
  std::ifstream stream(folder_ + "/" + file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace alpaca::broker::test
