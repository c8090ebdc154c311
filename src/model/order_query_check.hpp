#pragma once

#include <alpaca/broker/error.hpp>
#include <alpaca/broker/order_filter.hpp>

#include <optional>
#include <string_view>

namespace alpaca::broker::model {

/// Returns the first fault in the filter: the field's name and what would be accepted.
std::optional<Error> validate(const OrderFilter& filter);

/// Checks a client order id, which the caller's own program gave an order, in the same way.
std::optional<Error> validateClientOrderId(std::string_view id);

}  // namespace alpaca::broker::model
