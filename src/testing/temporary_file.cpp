#include "testing/temporary_file.hpp"

#include "platform/private_file.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace alpaca::broker::testing {

TemporaryFile::TemporaryFile(std::string_view content) : path_(platform::makePrivateFile()) {
  if (path_.empty()) throw std::runtime_error("no temporary file could be made");
  std::ofstream file(path_, std::ios::binary);
  file << content;
  if (!file.flush()) throw std::runtime_error("the temporary file could not be written");
}

TemporaryFile::~TemporaryFile() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

}  // namespace alpaca::broker::testing
