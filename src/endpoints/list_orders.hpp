#pragma once

#include "call/operation.hpp"
#include "endpoints/read_error.hpp"

#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/order_filter.hpp>

#include <cstddef>
#include <vector>

/// GET /v1/trading/accounts/{account_id}/orders: one page, as large as it can be.
namespace alpaca::broker::endpoints::list_orders {

/// The most that the broker gives at once.
inline constexpr std::size_t kMaxPage = 500;

/// The most symbols that one request names.
inline constexpr std::size_t kMaxSymbols = 100;

/// One answer. What cannot be used is counted: whoever reads on needs the size of the page.
struct Page {
  std::vector<Order> orders{};
  std::size_t unreadable = 0;  ///< entries that are no order with an id, or do not say clearly whose
  std::size_t foreign = 0;     ///< orders of another account, which nobody asked for
  CallInfo call{};

  [[nodiscard]] std::size_t size() const noexcept { return orders.size() + unreadable + foreign; }
};

/// `page.limit` is the size of the page; without it, `kMaxPage`. `page.side` is not sent: the Broker API has no
/// such parameter.
call::RequestSpec request(const AccountId& account, const OrderFilter& page);
Result<Page> response(const http::HttpResponse& response, const AccountId& account);

/// Says what a failed read means, and what to do next.
using Advice = std::string_view (*)(const Error& error) noexcept;

inline call::Operation<Page> operation(const AccountId& account, const OrderFilter& page, Advice advice = readAdvice) {
  return {request(account, page), [account](const http::HttpResponse& answer) { return response(answer, account); },
          advice};
}

}  // namespace alpaca::broker::endpoints::list_orders
