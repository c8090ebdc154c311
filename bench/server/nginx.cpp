#include "server/nginx.hpp"

#include "clients/authorization.hpp"
#include "nginx/process_group.hpp"
#include "server/nginx_files.hpp"
#include "server/ports.hpp"
#include "testing/certificate.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace alpaca::broker::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kMostTries = 5;  // another process may take a port before nginx does
constexpr const char* kSystemAuthorities = "/etc/ssl/certs/ca-certificates.crt";
constexpr const char* kKey = "CKBENCH0123456789ABC";
constexpr const char* kSecret = "a-secret-that-opens-nothing-0123456789ab";
constexpr const char* kAccount = "3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b";

std::string newFolder() {
  std::string path = (fs::temp_directory_path() / "broker-bench-XXXXXX").string();
  if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no temporary folder");
  return path;
}

std::string textOf(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void write(const std::string& path, const std::string& text) {
  std::ofstream stream(path, std::ios::binary);
  stream << text;
  if (!stream.flush()) throw std::runtime_error("cannot write " + path);
}

std::string program() {
  const char* path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe): nothing else runs yet
  std::istringstream folders(std::string(path == nullptr ? "" : path) + ":/usr/sbin:/usr/local/sbin:/sbin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (::access((folder + "/nginx").c_str(), X_OK) == 0) return folder + "/nginx";
  }
  throw std::runtime_error("there is no nginx here");
}

// The system's authorities are there so that loading the file costs what it costs users.
std::string authorities(const testing::Certificate& certificate) {
  const std::string system = textOf(kSystemAuthorities);
  if (system.empty()) throw std::runtime_error(std::string("there are no authorities in ") + kSystemAuthorities);
  return system + certificate.pem();
}

}  // namespace

Nginx::Nginx() : folder_(newFolder()) {
  const testing::Certificate certificate = testing::makeCertificate();
  write(folder_ + "/ca.pem", authorities(certificate));
  write(folder_ + "/certificate.pem", certificate.pem());
  write(folder_ + "/key.pem", pemOf(certificate.key.get()));
  for (int i = 0; i < kMostTries; ++i) {
    for (int& port : ports_) port = freePort();
    writeFiles();
    if (tryStart()) return;
  }
  throw std::runtime_error("nginx does not start: " + textOf(folder_ + "/error.log"));
}

Nginx::~Nginx() {
  processes_.reset();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void Nginx::writeFiles() const {
  write(folder_ + "/nginx.conf", nginxConfiguration(ports_[0], ports_[1], ports_[2]));
  write(folder_ + "/routes.conf", nginxRoutes(site(0), kRefusedPrefix));
}

bool Nginx::tryStart() {
  processes_.reset();
  processes_ = std::make_unique<test::ProcessGroup>(
      std::vector<std::string>{program(), "-p", folder_ + "/", "-c", "nginx.conf", "-e", "error.log"});
  return test::eventually([&] { return processes_->isGone() || fs::exists(folder_ + "/nginx.pid"); }) &&
         !processes_->isGone() && std::all_of(ports_.begin(), ports_.end(), waitForListener);
}

Site Nginx::site(int port) const { return {"127.0.0.1", port, folder_ + "/ca.pem", kKey, kSecret, kAccount}; }

std::string Nginx::version() {
  std::string text;
  FILE* output = ::popen((program() + " -v 2>&1").c_str(), "r");  // NOLINT(cert-env33-c): of a program found by us
  std::array<char, 256> line{};
  while (output != nullptr && std::fgets(line.data(), line.size(), output) != nullptr) text += line.data();
  if (output != nullptr) ::pclose(output);
  const std::size_t at = text.find("nginx/");
  return at == std::string::npos ? text : text.substr(at, text.find_first_of(" \n", at) - at);
}

}  // namespace alpaca::broker::bench
