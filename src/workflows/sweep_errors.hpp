#pragma once

#include <alpaca/broker/error.hpp>
#include <alpaca/broker/kill_switch.hpp>

#include <string_view>

/// Why an account is not known to be empty, in words.
namespace alpaca::broker::workflows {

/// What a failed list means for the account.
std::string_view lookAdvice(const Error& error) noexcept;

/// An order is alive and does not say whether the filter means it.
Error undecided();

/// An order was replaced, and nothing says by which.
Error lostReplacement();

/// An order is alive and may belong to the prefix: see `HiddenOrigin`.
Error hiddenOrigin();

/// Adds to the account's error what is known of its cancel-all, when that may have been applied.
void explainDoubt(AccountKill& account);

}  // namespace alpaca::broker::workflows
