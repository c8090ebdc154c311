#include "allocations.hpp"

#include <cstdlib>
#include <new>

namespace {

thread_local Allocations counted;

}  // namespace

Allocations allocationsOfThisThread() noexcept { return counted; }

// NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,readability-identifier-naming): glibc's own
// functions, under the names that glibc reserves for replacements of malloc.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t nmemb, std::size_t size);
void* __libc_realloc(void* ptr, std::size_t size);

void* malloc(std::size_t size) {
  ++counted.all;
  return __libc_malloc(size);
}

void* calloc(std::size_t nmemb, std::size_t size) {
  ++counted.all;
  return __libc_calloc(nmemb, size);
}

void* realloc(void* ptr, std::size_t size) {
  ++counted.all;
  return __libc_realloc(ptr, size);
}
}
// NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,readability-identifier-naming)

void* operator new(std::size_t size) {
  ++counted.news;
  if (void* const memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}

void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }
