#pragma once

namespace alpaca::broker::test {

inline constexpr const char* kDropsEverything = "192.0.2.1";  ///< in an own network: packets to it vanish
inline constexpr const char* kHasNoRoute = "198.51.100.1";    ///< in an own network: the kernel knows no way there

/// Moves this process into a network of its own, which consists of the loopback device and nothing else, so that no
/// packet can leave. For a child made by fork(), which must not have started threads.
/// @return false where the machine does not allow it.
bool enterOwnNetwork() noexcept;

}  // namespace alpaca::broker::test
