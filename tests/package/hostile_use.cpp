// A program that has included X11's and Windows' headers first, and uses the library all the same.
#include "hostile_macros.hpp"

#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

// They are back: a program that wants X11's Status goes on having it.
Status ofX11 = Success;
static_assert(BadRequest == 1);

// A name that the program's own macros take needs them undefined, or another way to it.
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
