#pragma once

/// Host names with a fixed meaning in the tests. names.cpp defines getaddrinfo() for the whole program, libcurl
/// included, so that no test ever asks a name server.
namespace alpaca::broker::test {

inline constexpr const char* kNobody = "nobody.invalid";          ///< is not found, at once
inline constexpr const char* kBlackHole = "blackhole.invalid";    ///< no name server answers, for 4 s
inline constexpr const char* kTwoAddresses = "two.invalid";       ///< 127.0.0.2, then 127.0.0.1
inline constexpr const char* kBothFamilies = "families.invalid";  ///< ::1, then 127.0.0.1

/// Number of look-ups of `kBlackHole` that have begun.
int blackHoleLookups() noexcept;

}  // namespace alpaca::broker::test
