#include "allocations.hpp"

#include <cstdlib>
#include <new>

namespace {

thread_local Allocations counted;

}  // namespace

Allocations allocationsOfThisThread() noexcept { return counted; }

// glibc's own, under the names that it keeps for programs that put themselves in between.
extern "C" {
void* __libc_malloc(std::size_t size);                     // NOLINT(bugprone-reserved-identifier)
void* __libc_calloc(std::size_t count, std::size_t size);  // NOLINT(bugprone-reserved-identifier)
void* __libc_realloc(void* old, std::size_t size);         // NOLINT(bugprone-reserved-identifier)

void* malloc(std::size_t size) {
  ++counted.all;
  return __libc_malloc(size);
}

void* calloc(std::size_t count, std::size_t size) {
  ++counted.all;
  return __libc_calloc(count, size);
}

void* realloc(void* old, std::size_t size) {
  ++counted.all;
  return __libc_realloc(old, size);
}
}

void* operator new(std::size_t size) {
  ++counted.news;
  if (void* const memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}

void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }
