#pragma once

#include <cstddef>
#include <string>

namespace alpaca::broker::base {

/// Overwrites the text, including its unused capacity. The compiler may not optimise this away.
inline void wipe(std::string& text) noexcept {
  text.resize(text.capacity());  // never allocates
  volatile char* bytes = text.data();
  for (std::size_t i = 0; i < text.size(); ++i) bytes[i] = '\0';
  text.clear();
}

/// Overwrites a C string up to its end in the same way.
inline void wipe(char* text) noexcept {
  for (volatile char* bytes = text; *bytes != '\0'; ++bytes) *bytes = '\0';
}

}  // namespace alpaca::broker::base
