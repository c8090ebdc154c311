#pragma once

#include <alpaca/broker/error.hpp>
#include <alpaca/broker/options.hpp>

#include <optional>

namespace alpaca::broker::call {

/// The first setting that cannot work, named by field, with what would be accepted. URLs are left to the parser that
/// reads them. Never repeats a credential.
std::optional<Error> validate(const ClientOptions& options);

}  // namespace alpaca::broker::call
