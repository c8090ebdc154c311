#pragma once

#include <cstddef>
#include <string>

namespace alpaca::broker::http {

/// Ten times what systems bring. Reading certificates takes about half a second of CPU a MiB.
inline constexpr std::size_t kMaxCaFileBytes = std::size_t{2} * 1024 * 1024;

struct CaFile {
  std::string fault{};  ///< what is wrong, as in "<the file> <fault>"; empty: nothing
  std::string text{};
};

/// Reads a file of CA certificates. Takes regular files only, and never waits: see `platform::readRegularFile`.
CaFile readCaFile(const std::string& path);

}  // namespace alpaca::broker::http
