#pragma once

#include <cstdint>
#include <optional>
#include <string>

/// The few calls to the operating system, in one place.
namespace alpaca::broker::http {

/// Identifies this process; differs in a child made by fork(). No system call.
long processId() noexcept;

/// True when a read on this idle socket would return at once: bytes, an end of stream or an error are waiting.
bool hasPendingInput(int socket) noexcept;

/// True for `localhost`, 127.0.0.0/8 and `::1` (with or without brackets), and for nothing that only looks like them.
bool isLoopback(const std::string& host) noexcept;

/// Which file it is and when it was written last: differs when there is something else to read at that path.
struct FileStamp {
  std::uintmax_t device = 0;
  std::uintmax_t file = 0;
  std::intmax_t size = 0;
  std::intmax_t seconds = 0;
  std::intmax_t nanoseconds = 0;
};

bool operator==(const FileStamp& left, const FileStamp& right) noexcept;

/// None when there is nothing at that path, or nothing to be seen by this process.
std::optional<FileStamp> fileStamp(const std::string& path) noexcept;

}  // namespace alpaca::broker::http
