#pragma once

#include <cstddef>
#include <string>

namespace alpaca::broker::platform {

enum class FileFault { None, Unreadable, NotRegular, TooLarge };

struct FileText {
  FileFault fault = FileFault::None;
  std::string text{};  ///< empty with a fault
};

/// Reads a whole file, unless it is larger than that. Never waits for another process, as a pipe, a terminal or another
/// device would make it, not even when one takes the file's place meanwhile. No program started by this process
/// inherits what is opened. Throws nothing but std::bad_alloc.
FileText readRegularFile(const std::string& path, std::size_t most);

}  // namespace alpaca::broker::platform
