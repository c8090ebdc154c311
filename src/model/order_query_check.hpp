#pragma once

#include <alpaca/broker/error.hpp>
#include <alpaca/broker/order_filter.hpp>

#include <optional>
#include <string_view>

namespace alpaca::broker::model {

/// The first thing about it that cannot work, named by field, with what would be accepted.
std::optional<Error> validate(const OrderFilter& filter);

/// The same of an id that the caller's own program gave an order.
std::optional<Error> validateClientOrderId(std::string_view id);

}  // namespace alpaca::broker::model
