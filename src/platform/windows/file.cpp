#include "platform/regular_file.hpp"

#include <windows.h>

#include <memory>

namespace alpaca::broker::platform {
namespace {

struct Closer {
  void operator()(HANDLE file) const noexcept { ::CloseHandle(file); }
};

}  // namespace

// The path is in the process's code page, as std::ifstream reads it. A folder does not open this way. Handles are not
// inherited by default.
FileText readRegularFile(const std::string& path, std::size_t most) {
  const HANDLE opened =
      ::CreateFileA(path.c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                    OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (opened == INVALID_HANDLE_VALUE) return {FileFault::Unreadable};
  const std::unique_ptr<void, Closer> file(opened);
  if (::GetFileType(opened) != FILE_TYPE_DISK) return {FileFault::NotRegular};
  FileText read;
  constexpr DWORD kPiece = 64 * 1024;
  for (DWORD count = kPiece; count > 0;) {
    const std::size_t before = read.text.size();
    read.text.resize(before + kPiece);
    if (::ReadFile(opened, &read.text[before], kPiece, &count, nullptr) == 0) return {FileFault::Unreadable};
    read.text.resize(before + count);
    if (read.text.size() > most) return {FileFault::TooLarge};
  }
  return read;
}

}  // namespace alpaca::broker::platform
