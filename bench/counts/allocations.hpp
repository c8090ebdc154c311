#pragma once

#include <cstddef>

/// What a thread has allocated so far, counted in place of the C and C++ libraries' own functions.
struct Allocations {
  std::size_t all = 0;   ///< malloc, calloc, realloc, whoever calls them
  std::size_t news = 0;  ///< of these, by C++: in a program that links libcurl, by us
};

Allocations allocationsOfThisThread() noexcept;
