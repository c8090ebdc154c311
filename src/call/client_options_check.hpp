#pragma once

#include <alpaca/broker/error.hpp>
#include <alpaca/broker/options.hpp>

#include <optional>

namespace alpaca::broker::call {

/// Returns the first setting that cannot work: names its field, and what would be accepted. Does not check URLs, which
/// have their own parser. Never repeats a credential.
std::optional<Error> validate(const ClientOptions& options);

}  // namespace alpaca::broker::call
