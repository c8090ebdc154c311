#include "testing/route.hpp"

#include "support/row_name.hpp"

#include <gtest/gtest.h>

namespace alpaca::broker::testing {
namespace {

struct RouteRow {
  const char* name;
  const char* method;
  const char* target;
  Endpoint endpoint;
  const char* account = "";
  const char* order = "";
  const char* query = "";
};

class RouteTo : public ::testing::TestWithParam<RouteRow> {};

TEST_P(RouteTo, IsReadFromTheTarget) {
  const RouteRow& row = GetParam();
  const Route route = routeOf(row.method, row.target);
  EXPECT_EQ(route.endpoint, row.endpoint);
  if (row.endpoint == Endpoint::Unknown) return;
  EXPECT_EQ(route.account, row.account);
  EXPECT_EQ(route.order, row.order);
  EXPECT_EQ(route.query, row.query);
}

INSTANTIATE_TEST_SUITE_P(
    Known, RouteTo,
    ::testing::Values(RouteRow{"Cancel", "DELETE", "/v1/trading/accounts/A/orders/O", Endpoint::CancelOrder, "A", "O"},
                      RouteRow{"CancelAll", "DELETE", "/v1/trading/accounts/A/orders", Endpoint::CancelAllOrders, "A"},
                      RouteRow{"Get", "GET", "/v1/trading/accounts/A/orders/O", Endpoint::GetOrder, "A", "O"},
                      RouteRow{"GetWithQuery", "GET", "/v1/trading/accounts/A/orders/O?nested=true", Endpoint::GetOrder,
                               "A", "O", "nested=true"},
                      RouteRow{"ByClientId", "GET",
                               "/v1/trading/accounts/A/orders:by_client_order_id?client_order_id=x/y",
                               Endpoint::GetOrderByClientId, "A", "", "client_order_id=x/y"},
                      RouteRow{"ByClientIdEncoded", "GET",
                               "/v1/trading/accounts/A/orders%3Aby_client_order_id?client_order_id=x",
                               Endpoint::GetOrderByClientId, "A", "", "client_order_id=x"},
                      RouteRow{"List", "GET", "/v1/trading/accounts/A/orders", Endpoint::ListOrders, "A"},
                      RouteRow{"ListWithQuery", "GET", "/v1/trading/accounts/A/orders?status=all&limit=5",
                               Endpoint::ListOrders, "A", "", "status=all&limit=5"},
                      RouteRow{"NotDecoded", "DELETE", "/v1/trading/accounts/%2e/orders/%2e%2e", Endpoint::CancelOrder,
                               "%2e", "%2e%2e"},
                      RouteRow{"Clock", "GET", "/v1/clock", Endpoint::GetClock}),
    test::kByName);

INSTANTIATE_TEST_SUITE_P(
    Unknown, RouteTo,
    ::testing::Values(
        RouteRow{"Root", "GET", "/", Endpoint::Unknown}, RouteRow{"Nothing", "GET", "", Endpoint::Unknown},
        RouteRow{"Positions", "DELETE", "/v1/trading/accounts/A/positions", Endpoint::Unknown},
        RouteRow{"NoAccount", "DELETE", "/v1/trading/accounts//orders/O", Endpoint::Unknown},
        RouteRow{"NoAccountButOrders", "DELETE", "/v1/trading/accounts//orders", Endpoint::Unknown},
        RouteRow{"EmptyOrderIsNotAllOrders", "DELETE", "/v1/trading/accounts/A/orders/", Endpoint::Unknown},
        RouteRow{"DeeperThanAnOrder", "DELETE", "/v1/trading/accounts/A/orders/O/x", Endpoint::Unknown},
        RouteRow{"OrdersAndMore", "DELETE", "/v1/trading/accounts/A/ordersx", Endpoint::Unknown},
        RouteRow{"DeleteByClientId", "DELETE", "/v1/trading/accounts/A/orders:by_client_order_id", Endpoint::Unknown},
        RouteRow{"OtherMethod", "POST", "/v1/trading/accounts/A/orders", Endpoint::Unknown},
        RouteRow{"MethodInLowerCase", "delete", "/v1/trading/accounts/A/orders", Endpoint::Unknown},
        RouteRow{"Patch", "PATCH", "/v1/trading/accounts/A/orders/O", Endpoint::Unknown},
        RouteRow{"DeleteClock", "DELETE", "/v1/clock", Endpoint::Unknown}),
    test::kByName);

}  // namespace
}  // namespace alpaca::broker::testing
