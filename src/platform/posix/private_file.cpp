#include "platform/private_file.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace alpaca::broker::platform {

std::string makePrivateFile() {
  std::string path = (std::filesystem::temp_directory_path() / "alpaca-broker-XXXXXX").string();
  const int descriptor = ::mkstemp(path.data());
  if (descriptor < 0) return {};
  ::close(descriptor);
  return path;
}

}  // namespace alpaca::broker::platform
