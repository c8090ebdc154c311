#pragma once

#include <alpaca/broker/error.hpp>

#include <chrono>
#include <optional>
#include <string_view>

/// Checks that several kinds of options share. All are pure functions.
namespace alpaca::broker::model {

using Fault = std::optional<Error>;

inline constexpr std::chrono::milliseconds kMaxTime = std::chrono::hours(24);
inline constexpr int kMaxAttempts = 100;
inline constexpr int kMaxConnections = 1000;

bool hasControlCharacter(std::string_view text) noexcept;

/// Rejects times below 1 ms and above 24 h.
Fault validateTime(std::string_view field, std::chrono::milliseconds time);

Fault validateCount(std::string_view field, int count, int least, int most);

}  // namespace alpaca::broker::model
