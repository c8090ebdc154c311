#pragma once

#include <alpaca/broker/error.hpp>
#include <alpaca/broker/kill_switch.hpp>

#include <string_view>

/// The errors that explain why an account is not known to be empty.
namespace alpaca::broker::workflows {

/// The advice for a list that failed.
std::string_view lookAdvice(const Error& error) noexcept;

/// A live order lacks the fields that the filter needs.
Error undecided();

/// An order was replaced, and nothing shows by which.
Error lostReplacement();

/// A live order may belong to the prefix: see `HiddenOrigin`.
Error hiddenOrigin();

/// Adds the cancel-all to the account's error when that cancel may have been applied.
void explainDoubt(AccountReport& account, bool mayHaveCanceled);

}  // namespace alpaca::broker::workflows
