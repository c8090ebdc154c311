#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

namespace alpaca::broker::platform {

enum class FileFault { None, Unreadable, NotRegular, TooLarge };

struct FileText {
  FileFault fault = FileFault::None;
  std::string text{};  ///< empty with a fault
};

/// Reads a whole regular file of at most `most` bytes. Never blocks on a pipe, a terminal or another device, not even
/// when one replaces the file meanwhile. Programs that this process starts do not inherit the open file. Throws only
/// std::bad_alloc.
FileText readRegularFile(const std::string& path, std::size_t most);

/// Identifies a file and its last change: device, number of the file, size, seconds and nanoseconds. Differs when the
/// path may have other content to read.
using FileStamp = std::tuple<std::uintmax_t, std::uintmax_t, std::intmax_t, std::intmax_t, std::intmax_t>;

/// The stamp of a file or a folder. Nothing when the path does not exist, or this process may not see it.
std::optional<FileStamp> fileStamp(const std::string& path) noexcept;

}  // namespace alpaca::broker::platform
