#include "http/platform.hpp"

#include "http/ascii.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace alpaca::broker::http {

namespace {

std::atomic<long> knownProcessId{0};

void lookUpProcessId() noexcept { knownProcessId = static_cast<long>(::getpid()); }

}  // namespace

// Asked several times per call, and a system call each time if it asked the system.
long processId() noexcept {
  static const bool kToldOfForks = [] {
    lookUpProcessId();
    return ::pthread_atfork(nullptr, nullptr, lookUpProcessId) == 0;
  }();
  return kToldOfForks ? knownProcessId.load(std::memory_order_relaxed) : static_cast<long>(::getpid());
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

}  // namespace alpaca::broker::http
