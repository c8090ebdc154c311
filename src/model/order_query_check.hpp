#pragma once

#include <alpaca/broker/error.hpp>
#include <alpaca/broker/order_filter.hpp>

#include <optional>

namespace alpaca::broker::model {

/// Returns the first fault in the filter: the field's name and what would be accepted.
std::optional<Error> validate(const OrderFilter& filter);

}  // namespace alpaca::broker::model
