#pragma once

#include "testing/account_orders.hpp"
#include "testing/query.hpp"

#include <alpaca/broker/order_filter.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Pure functions that decide which orders a list holds, and in which sequence.
namespace alpaca::broker::testing {

/// What a list request asks for. The default: all orders that the broker lists as open, newest first.
struct ListQuery {
  OrderFilter::Status status = OrderFilter::Status::Open;
  std::vector<std::string> symbols{};       ///< empty: any
  std::vector<std::string> assetClasses{};  ///< empty: any
  std::optional<WallTime> after{};
  std::optional<WallTime> until{};
  OrderFilter::Direction direction = OrderFilter::Direction::NewestFirst;
  bool nested = false;
  std::optional<std::size_t> limit{};
};

/// Reads the query of a list request, and always sets the limit. Ignores unknown parameters. @throws BadRequest
ListQuery listQuery(std::string_view text);

/// True when the order belongs on the list, apart from nesting and the limit.
bool passes(const Order& order, const ListQuery& query);

/// Sorts by time of submission, and drops what exceeds the limit.
void arrange(std::vector<OrderEntry*>& rows, const ListQuery& query);

}  // namespace alpaca::broker::testing
