#pragma once

#include <chrono>

namespace alpaca::broker::test {

// g++ defines macros for the sanitizers, clang uses __has_feature.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif
#else
inline constexpr bool kSanitized = false;
#endif

/// How much later than its limit a call may return. Sanitizers and a busy machine's scheduler slow everything down.
inline constexpr std::chrono::milliseconds kSlack{kSanitized ? 2'000 : 100};

}  // namespace alpaca::broker::test
