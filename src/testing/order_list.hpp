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

/// Which orders a list holds, and how they are arranged: pure functions.
namespace alpaca::broker::testing {

/// What a request asks for cannot be understood; says what, and what is accepted.
class BadRequest : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What a list request asks for. The default: all orders that are listed as open, newest first.
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

/// Reads the query of a list request; its limit is always there. `side` is no parameter of the Broker API, and ignored
/// like every other unknown one. @throws BadRequest
ListQuery listQuery(std::string_view text);

/// True when the order belongs on the list, legs and limit aside.
bool passes(const Order& order, const ListQuery& query);

/// An order that belongs on the list, and its number, which decides between orders of the same time.
struct Listed {
  const Order* order = nullptr;
  std::size_t number = 0;
};

/// Sorts by the time of submission and cuts off what is beyond the limit.
void arrange(std::vector<Listed>& rows, const ListQuery& query);

}  // namespace alpaca::broker::testing
