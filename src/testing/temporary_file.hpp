#pragma once

#include <string>
#include <string_view>

namespace alpaca::broker::testing {

/// A file of its own name in the system's folder for such files; removed with the object.
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
