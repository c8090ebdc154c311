#pragma once

namespace alpaca::broker::test {

inline constexpr const char* kDropsEverything = "192.0.2.1";  ///< in a separate network: packets to it vanish
inline constexpr const char* kHasNoRoute = "198.51.100.1";    ///< in a separate network: the kernel has no route to it

/// Moves this process into a separate network with only the loopback device, so that no packet can leave. Call it in a
/// child made by fork(), before it starts threads.
/// @return false where the machine does not allow it.
bool enterOwnNetwork() noexcept;

}  // namespace alpaca::broker::test
