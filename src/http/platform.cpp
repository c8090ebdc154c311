#include "http/platform.hpp"

#include "http/ascii.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <tuple>

namespace alpaca::broker::http {

namespace {

std::atomic<long> knownProcessId{0};

void noteProcessId() noexcept { knownProcessId = static_cast<long>(::getpid()); }

// Known from when children made by fork() are sure to correct it. No thread waits for another one here: that one would
// not be there in a child.
long askForProcessId() noexcept {
  static std::atomic<bool> asked{false};
  if (!asked.exchange(true) && ::pthread_atfork(nullptr, nullptr, noteProcessId) == 0) noteProcessId();
  return static_cast<long>(::getpid());
}

}  // namespace

// Looked at several times per call: a system call each time would be felt.
long processId() noexcept {
  const long known = knownProcessId.load(std::memory_order_relaxed);
  return known != 0 ? known : askForProcessId();
}

bool hasPendingInput(int socket) noexcept {
  pollfd entry{socket, POLLIN, 0};
  int ready = 0;
  do {
    ready = ::poll(&entry, 1, 0);
  } while (ready < 0 && errno == EINTR);
  return ready != 0;  // a poll that fails says nothing good about the socket either
}

bool isLoopback(const std::string& host) noexcept {
  if (equalIgnoringCase(host, "localhost") || host == "[::1]" || host == "::1") return true;
  in_addr address{};
  return ::inet_pton(AF_INET, host.c_str(), &address) == 1 && (ntohl(address.s_addr) >> 24) == 127;
}

bool operator==(const FileStamp& left, const FileStamp& right) noexcept {
  const auto all = [](const FileStamp& stamp) {
    return std::tie(stamp.device, stamp.file, stamp.size, stamp.seconds, stamp.nanoseconds);
  };
  return all(left) == all(right);
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

}  // namespace alpaca::broker::http
