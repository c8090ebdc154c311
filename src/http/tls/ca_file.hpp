#pragma once

#include "platform/file.hpp"

#include <cstddef>
#include <string>
#include <utility>

namespace alpaca::broker::http {

/// The size limit: ten times what systems ship. Parsing certificates takes about half a second of CPU time per MiB.
inline constexpr std::size_t kMaxCaFileBytes = std::size_t{2} * 1024 * 1024;

struct CaFile {
  std::string fault{};  ///< completes "<the file> <fault>"; empty when there is no fault
  std::string text{};
};

/// Reads a file of CA certificates. Accepts regular files only, and never blocks: see `platform::readRegularFile`.
inline CaFile readCaFile(const std::string& path) {
  platform::FileText read = platform::readRegularFile(path, kMaxCaFileBytes);
  switch (read.fault) {
    case platform::FileFault::None:
      break;
    case platform::FileFault::Unreadable:
      return {"cannot be read"};
    case platform::FileFault::NotRegular:
      return {"is not a regular file"};
    case platform::FileFault::TooLarge:
      return {"is larger than 2 MiB"};
  }
  return {"", std::move(read.text)};
}

}  // namespace alpaca::broker::http
