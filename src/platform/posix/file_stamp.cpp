#include "platform/file_stamp.hpp"

#include <sys/stat.h>

namespace alpaca::broker::platform {

std::optional<FileStamp> fileStamp(const std::string& path) noexcept {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return std::nullopt;
#ifdef __APPLE__
  const timespec& written = found.st_mtimespec;
#else
  const timespec& written = found.st_mtim;
#endif
  return FileStamp{static_cast<std::uintmax_t>(found.st_dev), static_cast<std::uintmax_t>(found.st_ino), found.st_size,
                   written.tv_sec, written.tv_nsec};
}

}  // namespace alpaca::broker::platform
