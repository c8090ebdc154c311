#include "http/tls/ca_file.hpp"

#include "platform/file.hpp"

#include <utility>

namespace alpaca::broker::http {

CaFile readCaFile(const std::string& path) {
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
