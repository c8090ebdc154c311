#pragma once

#include <alpaca/broker/error.hpp>

#include <string_view>

namespace alpaca::broker::endpoints {

/// What to do after a cancel, of one order or of all, that certainly had no effect. Advice that depends on the orders
/// in question comes from the endpoint itself.
std::string_view nothingCanceledAdvice(ErrorKind kind) noexcept;

}  // namespace alpaca::broker::endpoints
