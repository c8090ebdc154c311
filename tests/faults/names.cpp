#include "faults/names.hpp"

#include <dlfcn.h>
#include <netdb.h>

#include <atomic>
#include <string_view>
#include <thread>

namespace {

std::atomic<int> lookups{0};

using Lookup = int(const char*, const char*, const addrinfo*, addrinfo**);

// Calls the getaddrinfo() of the C library, or of a sanitizer that wraps it.
int lookUp(const char* host, const char* service, const addrinfo* hints, addrinfo** found) {
  static auto* const kNext = reinterpret_cast<Lookup*>(dlsym(RTLD_NEXT, "getaddrinfo"));
  return kNext(host, service, hints, found);
}

// The addresses of both names, in this order. The hints may exclude the family of one of them.
int lookUpBoth(const char* first, const char* second, const char* service, const addrinfo* hints, addrinfo** found) {
  addrinfo* rest = nullptr;
  if (const int error = lookUp(second, service, hints, &rest); error != 0) return error;
  if (lookUp(first, service, hints, found) != 0) {
    *found = rest;
    return 0;
  }
  addrinfo* last = *found;
  while (last->ai_next != nullptr) last = last->ai_next;
  last->ai_next = rest;  // freeaddrinfo() frees the whole list
  return 0;
}

}  // namespace

namespace alpaca::broker::test {

int blackHoleLookups() noexcept { return lookups; }

}  // namespace alpaca::broker::test

// This definition takes precedence over the C library's, for libcurl too.
// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name)
extern "C" int getaddrinfo(const char* host, const char* service, const addrinfo* hints, addrinfo** found) {
  namespace test = alpaca::broker::test;
  const std::string_view name = host == nullptr ? "" : host;
  if (name == test::kBlackHole) {
    ++lookups;
    std::this_thread::sleep_for(std::chrono::seconds(4));
    return EAI_AGAIN;
  }
  if (name == test::kNobody) return EAI_NONAME;
  if (name == test::kTwoAddresses) return lookUpBoth("127.0.0.2", "127.0.0.1", service, hints, found);
  if (name == test::kBothFamilies) return lookUpBoth("::1", "127.0.0.1", service, hints, found);
  return lookUp(host, service, hints, found);
}
