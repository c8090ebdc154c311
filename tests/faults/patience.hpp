#pragma once

#include <chrono>

namespace alpaca::broker::test {

// g++ tells by macros, clang by features.
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

/// How late a call may be. Sanitizers slow everything down, the kernel's scheduling of a busy machine included.
inline constexpr std::chrono::milliseconds kSlack{kSanitized ? 2'000 : 100};

}  // namespace alpaca::broker::test
