#pragma once

#include <string>
#include <string_view>

namespace alpaca::broker::testing {

/// A file with a unique name in the system's temporary folder. It is removed with the object.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view content);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  std::string path_;
};

}  // namespace alpaca::broker::testing
