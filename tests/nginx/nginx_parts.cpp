#include "nginx/nginx_parts.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <system_error>

namespace alpaca::broker::test {
namespace {

namespace fs = std::filesystem;

std::string pemOf(EVP_PKEY* key) {
  const std::unique_ptr<BIO, int (*)(BIO*)> memory(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  char* text = nullptr;
  const long length = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(length)};
}

}  // namespace

std::optional<std::string> nginxProgram() {
  const char* path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe): reads only
  std::istringstream folders(std::string(path == nullptr ? "" : path) + ":/usr/sbin:/usr/local/sbin:/sbin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    std::string candidate = folder + "/nginx";
    if (::access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return std::nullopt;
}

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

std::string filledIn(std::string text, const std::string& name, const std::string& value) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size())) {
    text.replace(at, name.size(), value);
  }
  return text;
}

NginxFolder::NginxFolder() : path_((fs::temp_directory_path() / "broker-nginx-XXXXXX").string()) {
  if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary folder");
}

NginxFolder::~NginxFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string NginxFolder::textOf(const std::string& file) const {
  std::ifstream stream(path(file), std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void NginxFolder::write(const std::string& file, const std::string& text) const {
  std::ofstream stream(path(file), std::ios::binary);
  stream << text;
  if (!stream.flush()) throw std::runtime_error("cannot write " + path(file));
}

void NginxFolder::writeIdentity(const testing::Certificate& certificate) const {
  write("certificate.pem", certificate.pem());
  write("key.pem", pemOf(certificate.key.get()));
}

}  // namespace alpaca::broker::test
