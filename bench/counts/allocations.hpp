#pragma once

#include <cstddef>

/// The allocations of a thread so far. The program replaces the allocation functions of C and C++ to count them.
struct Allocations {
  std::size_t all = 0;   ///< malloc, calloc and realloc, whoever calls them
  std::size_t news = 0;  ///< the part that C++ code makes, which is ours: libcurl is written in C
};

Allocations allocationsOfThisThread() noexcept;
