#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

namespace alpaca::broker::platform {

/// Which file it is and when it was written last: differs when there is something else to read at that path.
struct FileStamp {
  std::uintmax_t device = 0;
  std::uintmax_t file = 0;
  std::intmax_t size = 0;
  std::intmax_t seconds = 0;
  std::intmax_t nanoseconds = 0;
};

inline bool operator==(const FileStamp& left, const FileStamp& right) noexcept {
  const auto all = [](const FileStamp& stamp) {
    return std::tie(stamp.device, stamp.file, stamp.size, stamp.seconds, stamp.nanoseconds);
  };
  return all(left) == all(right);
}

/// Of a file or a folder. None when there is nothing at that path, or nothing to be seen by this process.
std::optional<FileStamp> fileStamp(const std::string& path) noexcept;

}  // namespace alpaca::broker::platform
