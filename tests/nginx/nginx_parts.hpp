#pragma once

#include "testing/certificate.hpp"

#include <optional>
#include <string>

/// What every nginx that we start is made of, here and in the benchmarks.
namespace alpaca::broker::test {

/// Where nginx is installed, if it is.
std::optional<std::string> nginxProgram();

/// A port of the loopback address that nobody listens on; another process may take it meanwhile.
int freePort();

/// The text with the value wherever it had the name.
std::string filledIn(std::string text, const std::string& name, const std::string& value);

/// The folder that a server runs in, with all of its files. Ends with this object.
class NginxFolder {
 public:
  NginxFolder();
  ~NginxFolder();
  NginxFolder(const NginxFolder&) = delete;
  NginxFolder& operator=(const NginxFolder&) = delete;

  [[nodiscard]] std::string path(const std::string& file) const { return path_ + "/" + file; }
  [[nodiscard]] std::string textOf(const std::string& file) const;
  void write(const std::string& file, const std::string& text) const;

  /// `certificate.pem` and `key.pem`.
  void writeIdentity(const testing::Certificate& certificate) const;

 private:
  std::string path_;
};

}  // namespace alpaca::broker::test
