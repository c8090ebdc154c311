#include "platform/file.hpp"

#include <windows.h>

#include <memory>

namespace alpaca::broker::platform {
namespace {

struct Closer {
  void operator()(HANDLE file) const noexcept { ::CloseHandle(file); }
};

using File = std::unique_ptr<void, Closer>;

// The path is in the process's code page, as std::ifstream reads it. The share flags let others write or replace the
// file meanwhile. Handles are not inherited by default.
File openFile(const std::string& path, DWORD access, DWORD flags) noexcept {
  constexpr DWORD kShare = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
  const HANDLE opened = ::CreateFileA(path.c_str(), access, kShare, nullptr, OPEN_EXISTING, flags, nullptr);
  return File(opened == INVALID_HANDLE_VALUE ? nullptr : opened);
}

std::intmax_t joined(DWORD high, DWORD low) noexcept {
  return static_cast<std::intmax_t>((static_cast<std::uintmax_t>(high) << 32U) | low);
}

}  // namespace

// A folder does not open this way.
FileText readRegularFile(const std::string& path, std::size_t most) {
  const File file = openFile(path, GENERIC_READ, FILE_ATTRIBUTE_NORMAL);
  if (!file) return {FileFault::Unreadable};
  if (::GetFileType(file.get()) != FILE_TYPE_DISK) return {FileFault::NotRegular};
  FileText read;
  constexpr DWORD kPiece = 64 * 1024;
  for (DWORD count = kPiece; count > 0;) {
    const std::size_t before = read.text.size();
    read.text.resize(before + kPiece);
    if (::ReadFile(file.get(), &read.text[before], kPiece, &count, nullptr) == 0) return {FileFault::Unreadable};
    read.text.resize(before + count);
    if (read.text.size() > most) return {FileFault::TooLarge};
  }
  return read;
}

// A folder opens only with FILE_FLAG_BACKUP_SEMANTICS.
std::optional<FileStamp> fileStamp(const std::string& path) noexcept {
  const File file = openFile(path, FILE_READ_ATTRIBUTES, FILE_FLAG_BACKUP_SEMANTICS);
  BY_HANDLE_FILE_INFORMATION found{};
  if (!file || ::GetFileInformationByHandle(file.get(), &found) == 0) return std::nullopt;
  constexpr std::intmax_t kPerSecond = 10'000'000;  // a file time counts 100 ns
  const std::intmax_t written = joined(found.ftLastWriteTime.dwHighDateTime, found.ftLastWriteTime.dwLowDateTime);
  return FileStamp{found.dwVolumeSerialNumber,
                   static_cast<std::uintmax_t>(joined(found.nFileIndexHigh, found.nFileIndexLow)),
                   joined(found.nFileSizeHigh, found.nFileSizeLow), written / kPerSecond, written % kPerSecond * 100};
}

}  // namespace alpaca::broker::platform
