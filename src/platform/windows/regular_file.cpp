#include "platform/regular_file.hpp"

#include <windows.h>

#include <memory>

namespace alpaca::broker::platform {
namespace {

struct Closer {
  void operator()(HANDLE file) const noexcept { ::CloseHandle(file); }
};

}  // namespace

// In the code page of the process, as std::ifstream reads the same path. A folder does not open this way, and handles
// are not inherited unless one asks for it.
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
