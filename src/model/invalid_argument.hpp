#pragma once

#include <alpaca/broker/error.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// The error for unusable input, and the checks that several kinds of input share. All are pure functions.
namespace alpaca::broker::model {

using Fault = std::optional<Error>;

inline constexpr std::chrono::milliseconds kMaxTime = std::chrono::hours(24);
inline constexpr int kMaxAttempts = 100;
inline constexpr int kMaxConnections = 1000;

/// Builds the error for unusable input: "<what> <fault>; accepted: <accepted>."
inline Error invalidArgument(std::string_view what, std::string_view fault, std::string_view accepted) {
  Error error;
  error.kind = ErrorKind::InvalidArgument;
  error.message.append(what).append(" ").append(fault).append("; accepted: ").append(accepted).append(".");
  return error;
}

/// Adds to the reason why a call was refused that the broker knows nothing of it.
inline Fault withNothingSent(Fault fault) {
  if (fault) fault->message += " Nothing was sent.";
  return fault;
}

inline bool hasControlCharacter(std::string_view text) noexcept {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

/// Rejects times below 1 ms and above 24 h. Accepts a time that is not set.
inline Fault validateTime(std::string_view field, std::optional<std::chrono::milliseconds> time) {
  if (!time || (*time >= std::chrono::milliseconds(1) && *time <= kMaxTime)) return std::nullopt;
  return invalidArgument(field, "is " + std::to_string(time->count()) + " ms", "1 ms to 24 h");
}

/// Rejects counts outside of these bounds. Accepts a count that is not set.
inline Fault validateCount(std::string_view field, std::optional<int> count, int least, int most) {
  if (!count || (*count >= least && *count <= most)) return std::nullopt;
  return invalidArgument(field, "is " + std::to_string(*count), std::to_string(least) + " to " + std::to_string(most));
}

}  // namespace alpaca::broker::model
