// A program that includes X11's and Windows' headers first, and still uses the library.
#include "hostile_macros.hpp"

#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

// The macros are back afterwards: a program can still use X11's Status.
Status ofX11 = Success;
static_assert(BadRequest == 1);

// When the program's macros take a name, the program must undefine them or refer to the name in another way.
using ListedAs = decltype(alpaca::broker::OrderFilter::status);
#undef BadRequest
#undef Status

bool use(alpaca::broker::BrokerClient& client, const alpaca::broker::AccountId& account) {
  alpaca::broker::OrderFilter filter;
  filter.status = ListedAs::Closed;
  filter.status = alpaca::broker::OrderFilter::Status::All;
  const auto orders = client.listOrders(account, filter);
  return orders || orders.error().kind == alpaca::broker::ErrorKind::BadRequest;
}
