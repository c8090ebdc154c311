#pragma once

#include <alpaca/broker/error.hpp>

#include <string_view>

namespace alpaca::broker::endpoints {

/// What to do about a cancel, of one order or of all, of which it is certain that nothing came of it. What depends on
/// the orders that were meant, the endpoint says itself.
std::string_view nothingCanceledAdvice(ErrorKind kind) noexcept;

}  // namespace alpaca::broker::endpoints
