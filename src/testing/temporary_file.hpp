#pragma once

#include "platform/private_file.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace alpaca::broker::testing {

/// A file with a unique name in the system's temporary folder. It is removed with the object.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view content) : path_(platform::makePrivateFile()) {
    if (path_.empty()) throw std::runtime_error("no temporary file could be made");
    std::ofstream file(path_, std::ios::binary);
    file << content;
    if (!file.flush()) throw std::runtime_error("the temporary file could not be written");
  }
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  std::string path_;
};

}  // namespace alpaca::broker::testing
