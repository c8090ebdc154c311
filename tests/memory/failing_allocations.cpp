#include "memory/failing_allocations.hpp"

#include <curl/curl.h>
#include <openssl/crypto.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <new>

namespace alpaca::broker::test {
namespace {

std::atomic<bool> armed{false};
std::atomic<bool> openSslFails{false};
std::atomic<bool> anyFailed{false};
std::atomic<std::size_t> seen{0};
std::atomic<std::size_t> firstToFail{0};
std::atomic<std::size_t> endOfFailing{0};
thread_local bool spared = false;

bool mayHave() noexcept {
  if (!armed || spared) return true;
  const std::size_t number = seen++;
  if (number < firstToFail || number >= endOfFailing) return true;
  anyFailed = true;
  return false;
}

void* orNull(std::size_t size) noexcept { return mayHave() ? std::malloc(size) : nullptr; }
void* largerOrNull(void* old, std::size_t size) noexcept { return mayHave() ? std::realloc(old, size) : nullptr; }

void* orThrow(std::size_t size) {
  void* const memory = orNull(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void* zeroes(std::size_t count, std::size_t size) noexcept { return mayHave() ? std::calloc(count, size) : nullptr; }

char* copyOf(const char* text) noexcept {
  void* const memory = orNull(std::strlen(text) + 1);
  return memory == nullptr ? nullptr : std::strcpy(static_cast<char*>(memory), text);
}

void* cryptoNew(std::size_t size, const char* /*file*/, int /*line*/) noexcept {
  return openSslFails ? orNull(size) : std::malloc(size);
}
void* cryptoLarger(void* old, std::size_t size, const char* /*file*/, int /*line*/) noexcept {
  return openSslFails ? largerOrNull(old, size) : std::realloc(old, size);
}
void cryptoFree(void* memory, const char* /*file*/, int /*line*/) noexcept { std::free(memory); }

bool isTakenOver = false;

// Runs before any object of the program is constructed, because some objects use OpenSSL.
[[gnu::constructor(101)]] void takeOver() noexcept {
  isTakenOver =
      CRYPTO_set_mem_functions(&cryptoNew, &cryptoLarger, &cryptoFree) == 1 &&
      curl_global_init_mem(CURL_GLOBAL_DEFAULT, &orNull, &std::free, &largerOrNull, &copyOf, &zeroes) == CURLE_OK;
}

}  // namespace

FailingAllocations::FailingAllocations(std::size_t first, std::size_t count, bool withOpenSsl) {
  if (!isTakenOver) std::abort();
  seen = 0;
  openSslFails = withOpenSsl;
  anyFailed = false;
  firstToFail = first;
  endOfFailing = first + count;
  armed = true;
}

FailingAllocations::~FailingAllocations() { armed = false; }

bool FailingAllocations::happened() noexcept { return anyFailed; }

void FailingAllocations::spareThisThread() noexcept { spared = true; }

}  // namespace alpaca::broker::test

// NOLINTBEGIN(misc-new-delete-overloads): the others are made of these
void* operator new(std::size_t size) { return alpaca::broker::test::orThrow(size); }
void* operator new[](std::size_t size) { return alpaca::broker::test::orThrow(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t /*size*/) noexcept { std::free(memory); }
// NOLINTEND(misc-new-delete-overloads)
