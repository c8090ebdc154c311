#include "http/platform.hpp"

#include "http/ascii.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <new>

namespace alpaca::broker::http {

namespace {

using KnownId = std::atomic<long>;

constexpr std::size_t kPage = 4096;

// Memory that reads as 0 in a child made by fork(), by the kernel's doing; null if the kernel does not offer that.
KnownId* makeForgottenByChildren() noexcept {
#ifdef MADV_WIPEONFORK
  void* page = ::mmap(nullptr, kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) return nullptr;
  const bool takesAnything = ::madvise(page, kPage, -1) == 0;  // as some emulators do: no word to rely on
  if (!takesAnything && ::madvise(page, kPage, MADV_WIPEONFORK) == 0) return new (page) KnownId{0};
  ::munmap(page, kPage);
#endif
  return nullptr;
}

// No thread waits for another one here: that one would not be there in a child made by fork().
KnownId* forgottenByChildren() noexcept {
  static std::atomic<KnownId*> shared{nullptr};
  static std::atomic<bool> offered{true};
  KnownId* id = shared;
  if (id != nullptr || !offered) return id;
  KnownId* const made = makeForgottenByChildren();
  if (made == nullptr) offered = false;
  if (made == nullptr || shared.compare_exchange_strong(id, made)) return made;
  ::munmap(made, kPage);
  return id;
}

}  // namespace

// Asked for by every request, and so only once of the system.
long processId() noexcept {
  KnownId* const known = forgottenByChildren();
  if (known == nullptr) return static_cast<long>(::getpid());
  long id = *known;
  if (id == 0) *known = id = static_cast<long>(::getpid());
  return id;
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
