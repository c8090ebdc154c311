#pragma once

#include <cstddef>
#include <string>

namespace alpaca::broker::http {

/// The size limit: ten times what systems ship. Parsing certificates takes about half a second of CPU time per MiB.
inline constexpr std::size_t kMaxCaFileBytes = std::size_t{2} * 1024 * 1024;

struct CaFile {
  std::string fault{};  ///< completes "<the file> <fault>"; empty when there is no fault
  std::string text{};
};

/// Reads a file of CA certificates. Accepts regular files only, and never blocks: see `platform::readRegularFile`.
CaFile readCaFile(const std::string& path);

}  // namespace alpaca::broker::http
