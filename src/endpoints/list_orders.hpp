#pragma once

#include "call/operation.hpp"
#include "endpoints/reading.hpp"

#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/order_filter.hpp>

#include <cstddef>
#include <vector>

/// GET /v1/trading/accounts/{account_id}/orders: reads one page.
namespace alpaca::broker::endpoints::list_orders {

/// The maximum number of orders that the broker returns at once.
inline constexpr std::size_t kMaxPage = 500;

/// The maximum number of symbols in one request.
inline constexpr std::size_t kMaxSymbols = 100;

/// One page. Counts unusable entries as well: reading on needs the size of the page.
struct Page {
  std::vector<Order> orders{};
  std::size_t unreadable = 0;  ///< entries without a valid id, or with an unclear account
  std::size_t foreign = 0;     ///< orders of another account, which were not asked for

  [[nodiscard]] std::size_t size() const noexcept { return orders.size() + unreadable + foreign; }
};

/// Asks for one page. `page.limit` is its size; without it, `kMaxPage`. `page.side` is not sent: the Broker API has no
/// such parameter.
call::RequestSpec request(const AccountId& account, const OrderFilter& page);
Result<Page> response(const http::HttpResponse& response, const AccountId& account);

/// Returns what a failed read means, and what to do next.
using Advice = std::string_view (*)(const Error& error) noexcept;

inline call::Operation<Page> operation(const AccountId& account, const OrderFilter& page, Advice advice = readAdvice) {
  return {request(account, page), [account](const http::HttpResponse& answer) { return response(answer, account); },
          advice};
}

}  // namespace alpaca::broker::endpoints::list_orders
