#pragma once

#include "core/operation.hpp"
#include "core/reading.hpp"

#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/order_filter.hpp>

#include <cstddef>
#include <vector>

/// GET /v1/trading/accounts/{account_id}/orders: one page, as large as it can be.
namespace alpaca::broker::endpoints::list_orders {

/// The most that the broker gives at once.
inline constexpr std::size_t kLargestPage = 500;

struct Page {
  std::vector<Order> orders{};
  CallInfo call{};
};

/// `page.limit` is the size of the page; without it, `kLargestPage`.
core::Sending request(const AccountId& account, const OrderFilter& page);
Result<Page> response(const http::HttpResponse& response);

inline core::Operation<Page> operation(const AccountId& account, const OrderFilter& page) {
  return {request(account, page), response, core::readAdvice};
}

}  // namespace alpaca::broker::endpoints::list_orders
