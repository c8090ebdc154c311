#pragma once

#include <cstddef>
#include <string>

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

}  // namespace alpaca::broker::platform
