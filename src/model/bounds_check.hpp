#pragma once

#include <alpaca/broker/error.hpp>

#include <chrono>
#include <optional>
#include <string_view>

/// Checks that the options of several kinds share: pure functions.
namespace alpaca::broker::model {

using Fault = std::optional<Error>;

inline constexpr std::chrono::milliseconds kLongestTime = std::chrono::hours(24);
inline constexpr int kMostAttempts = 100;
inline constexpr int kMostConnections = 1000;

bool hasControlCharacter(std::string_view text) noexcept;

/// Refuses less than 1 ms and more than 24 h.
Fault faultInTime(std::string_view field, std::chrono::milliseconds time);

Fault faultInCount(std::string_view field, int count, int least, int most);

}  // namespace alpaca::broker::model
