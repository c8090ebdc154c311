#include "platform/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace alpaca::broker::platform {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) noexcept : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int number() const noexcept { return number_; }

 private:
  const int number_;
};

// @return false when reading fails. Reads a bit beyond the limit, which shows that the file is too large.
bool readInto(std::string& text, int file, std::size_t most) {
  constexpr std::size_t kPiece = std::size_t{64} * 1024;
  for (;;) {
    const std::size_t before = text.size();
    text.resize(before + kPiece);
    const ssize_t count = ::read(file, &text[before], kPiece);
    text.resize(before + (count > 0 ? static_cast<std::size_t>(count) : 0));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    if (count == 0 || text.size() > most) return true;
  }
}

}  // namespace

// Checks the file before opening it, because opening alone affects some devices and a process at a pipe's other end.
// Checks again after opening, as another file may have taken its place.
FileText readRegularFile(const std::string& path, std::size_t most) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return {FileFault::Unreadable};
  // guard: a CA file is a regular file
  if (!S_ISREG(found.st_mode)) return {FileFault::NotRegular};
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (file.number() < 0 || ::fstat(file.number(), &found) != 0) return {FileFault::Unreadable};
  // guard: a CA file is a regular file
  if (!S_ISREG(found.st_mode)) return {FileFault::NotRegular};
  FileText read;
  if (!readInto(read.text, file.number(), most)) return {FileFault::Unreadable};
  // guard: a CA file is bounded
  if (read.text.size() > most) return {FileFault::TooLarge};
  return read;
}

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
