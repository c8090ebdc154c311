#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

/// The entry point for libFuzzer and for the replay of the seeds.
// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace alpaca::broker::fuzz {

/// Checks one input; each target defines it. Ends the process when a promise does not hold.
void check(std::string_view input);

/// Checks one promise of the library. libFuzzer saves the input of a process that aborts.
inline void require(bool holds, const char* promise) {
  if (holds) return;
  static_cast<void>(std::fprintf(stderr, "broken promise: %s\n", promise));
  std::abort();
}

/// True for text that is safe in a log or on a terminal: one line of printable ASCII. Written independently, so that
/// the library is not checked with its own code.
inline bool isOnePrintableLine(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace alpaca::broker::fuzz
