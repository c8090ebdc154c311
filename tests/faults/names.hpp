#pragma once

/// Host names that mean something to the tests. getaddrinfo() is defined in names.cpp for the whole program, libcurl
/// included, so that no name server is ever asked.
namespace alpaca::broker::test {

inline constexpr const char* kNobody = "nobody.invalid";          ///< is not found, at once
inline constexpr const char* kBlackHole = "blackhole.invalid";    ///< no name server answers, for 4 s
inline constexpr const char* kTwoAddresses = "two.invalid";       ///< 127.0.0.2, then 127.0.0.1
inline constexpr const char* kBothFamilies = "families.invalid";  ///< ::1, then 127.0.0.1

/// How many look-ups of `kBlackHole` have begun.
int blackHoleLookups() noexcept;

}  // namespace alpaca::broker::test
