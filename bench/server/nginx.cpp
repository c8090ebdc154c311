#include "server/nginx.hpp"

#include "server/listener.hpp"
#include "server/nginx_files.hpp"
#include "support/eventually.hpp"
#include "testing/certificate.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace alpaca::broker::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kMostTries = 5;  // another process may take a port before nginx does
constexpr const char* kSystemAuthorities = "/etc/ssl/certs/ca-certificates.crt";
constexpr const char* kKey = "CKBENCH0123456789ABC";
constexpr const char* kSecret = "a-secret-that-opens-nothing-0123456789ab";
constexpr const char* kAccount = "3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b";

std::string program() {
  const auto path = test::nginxProgram();
  if (!path) throw std::runtime_error("there is no nginx here");
  return *path;
}

std::string systemAuthorities() {
  std::ifstream stream(kSystemAuthorities, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// The system's authorities are there so that loading the file costs what it costs users.
std::string authorities(const testing::Certificate& certificate) {
  const std::string system = systemAuthorities();
  if (system.empty()) throw std::runtime_error(std::string("there are no authorities in ") + kSystemAuthorities);
  return system + certificate.pem();
}

}  // namespace

Nginx::Nginx() {
  const testing::Certificate certificate = testing::makeCertificate();
  folder_.write("ca.pem", authorities(certificate));
  folder_.writeIdentity(certificate);
  for (int i = 0; i < kMostTries; ++i) {
    for (int& port : ports_) port = test::freePort();
    writeFiles();
    if (tryStart()) return;
  }
  throw std::runtime_error("nginx does not start: " + folder_.textOf("error.log"));
}

void Nginx::writeFiles() const {
  folder_.write("nginx.conf", nginxConfiguration(ports_[0], ports_[1], ports_[2]));
  folder_.write("routes.conf", nginxRoutes(site(0), kRefusedPrefix));
}

bool Nginx::tryStart() {
  processes_.reset();
  processes_ = std::make_unique<test::ProcessGroup>(
      std::vector<std::string>{program(), "-p", folder_.path(""), "-c", "nginx.conf", "-e", "error.log"});
  return test::eventually([&] { return processes_->isGone() || fs::exists(folder_.path("nginx.pid")); }) &&
         !processes_->isGone() && std::all_of(ports_.begin(), ports_.end(), waitForListener);
}

Site Nginx::site(int port) const { return {"127.0.0.1", port, folder_.path("ca.pem"), kKey, kSecret, kAccount}; }

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
