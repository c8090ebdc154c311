#include "platform/file_stamp.hpp"

#include <windows.h>

namespace alpaca::broker::platform {

namespace {

std::intmax_t joined(DWORD high, DWORD low) noexcept {
  return static_cast<std::intmax_t>((static_cast<std::uintmax_t>(high) << 32U) | low);
}

}  // namespace

// The path is in the process's code page, as std::ifstream reads it. The share flags let others write or replace the
// file meanwhile. A folder opens only with FILE_FLAG_BACKUP_SEMANTICS.
std::optional<FileStamp> fileStamp(const std::string& path) noexcept {
  const HANDLE file =
      ::CreateFileA(path.c_str(), FILE_READ_ATTRIBUTES, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                    OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr);
  if (file == INVALID_HANDLE_VALUE) return std::nullopt;
  BY_HANDLE_FILE_INFORMATION found{};
  const bool known = ::GetFileInformationByHandle(file, &found) != 0;
  ::CloseHandle(file);
  if (!known) return std::nullopt;
  constexpr std::intmax_t kPerSecond = 10'000'000;  // a file time counts 100 ns
  const std::intmax_t written = joined(found.ftLastWriteTime.dwHighDateTime, found.ftLastWriteTime.dwLowDateTime);
  return FileStamp{found.dwVolumeSerialNumber,
                   static_cast<std::uintmax_t>(joined(found.nFileIndexHigh, found.nFileIndexLow)),
                   joined(found.nFileSizeHigh, found.nFileSizeLow), written / kPerSecond, written % kPerSecond * 100};
}

}  // namespace alpaca::broker::platform
