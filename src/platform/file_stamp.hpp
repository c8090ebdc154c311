#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

namespace alpaca::broker::platform {

/// Identifies a file and its last change. Differs when the path may have other content to read.
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

/// The stamp of a file or a folder. Nothing when the path does not exist, or this process may not see it.
std::optional<FileStamp> fileStamp(const std::string& path) noexcept;

}  // namespace alpaca::broker::platform
