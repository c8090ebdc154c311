#pragma once

#include "testing/times.hpp"

#include <alpaca/broker/order.hpp>
#include <alpaca/broker/order_filter.hpp>

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// Pure functions that decide which orders a list holds, and in which sequence.
namespace alpaca::broker::testing {

/// Thrown for a request that cannot be understood. The text names the fault and what is accepted.
class BadRequest : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

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

/// Reads the query of a list request, and always sets the limit. Ignores `side`, as any unknown parameter: the Broker
/// API has no such parameter. @throws BadRequest
ListQuery listQuery(std::string_view text);

/// True when the order belongs on the list, apart from nesting and the limit.
bool passes(const Order& order, const ListQuery& query);

/// An order on the list, and its number, which sorts orders of the same time.
struct Listed {
  const Order* order = nullptr;
  std::size_t number = 0;
};

/// Sorts by time of submission, and drops what exceeds the limit.
void arrange(std::vector<Listed>& rows, const ListQuery& query);

}  // namespace alpaca::broker::testing
