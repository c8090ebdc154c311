#pragma once

#include "testing/certificate.hpp"

#include <optional>
#include <string>

/// The parts of every nginx that the tests and the benchmarks start.
namespace alpaca::broker::test {

/// The path of nginx, if it is installed.
std::optional<std::string> nginxProgram();

/// A port of the loopback address without a listener. Another process may take it meanwhile.
int freePort();

/// The text with every occurrence of the name replaced by the value.
std::string filledIn(std::string text, const std::string& name, const std::string& value);

/// The folder that a server runs in, with all of its files. The destructor removes it.
class NginxFolder {
 public:
  NginxFolder();
  ~NginxFolder();
  NginxFolder(const NginxFolder&) = delete;
  NginxFolder& operator=(const NginxFolder&) = delete;

  [[nodiscard]] std::string path(const std::string& file) const { return path_ + "/" + file; }
  [[nodiscard]] std::string textOf(const std::string& file) const;
  void write(const std::string& file, const std::string& text) const;

  /// Writes `certificate.pem` and `key.pem`.
  void writeIdentity(const testing::Certificate& certificate) const;

 private:
  std::string path_;
};

}  // namespace alpaca::broker::test
