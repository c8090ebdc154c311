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
                      RouteRow{"PercentEncoded", "DELETE", "/v1/trading/accounts/%41%2d1/%6frders/%4f%2D1",
                               Endpoint::CancelOrder, "A-1", "O-1"},
                      RouteRow{"EncodedSlashDividesNothing", "DELETE", "/v1/trading/accounts/A/orders/O%2Fx",
                               Endpoint::CancelOrder, "A", "O/x"},
                      RouteRow{"EncodedDotsGoNowhere", "DELETE", "/v1/trading/accounts/%2e/orders/%2e%2e",
                               Endpoint::CancelOrder, ".", ".."},
                      RouteRow{"WholeUrl", "GET", "http://127.0.0.1:4100/v1/trading/accounts/A/orders?limit=5",
                               Endpoint::ListOrders, "A", "", "limit=5"},
                      RouteRow{"WholeUrlOfHttps", "GET", "https://broker/v1/clock", Endpoint::GetClock},
                      RouteRow{"HeadIsGet", "HEAD", "/v1/trading/accounts/A/orders/O", Endpoint::GetOrder, "A", "O"},
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
        RouteRow{"EmptyOrderBehindEncodedOrders", "DELETE", "/v1/trading/accounts/A/%6frders/", Endpoint::Unknown},
        RouteRow{"OrdersWithEncodedSlash", "DELETE", "/v1/trading/accounts/A/orders%2F", Endpoint::Unknown},
        RouteRow{"UrlWithoutPath", "GET", "http://127.0.0.1:4100", Endpoint::Unknown},
        RouteRow{"HeadOfNothing", "HEAD", "/v1/trading/accounts/A/positions", Endpoint::Unknown},
        RouteRow{"Options", "OPTIONS", "/v1/trading/accounts/A/orders", Endpoint::Unknown},
        RouteRow{"DeeperThanAnOrder", "DELETE", "/v1/trading/accounts/A/orders/O/x", Endpoint::Unknown},
        RouteRow{"OrdersAndMore", "DELETE", "/v1/trading/accounts/A/ordersx", Endpoint::Unknown},
        RouteRow{"DeleteByClientId", "DELETE", "/v1/trading/accounts/A/orders:by_client_order_id", Endpoint::Unknown},
        RouteRow{"OtherMethod", "POST", "/v1/trading/accounts/A/orders", Endpoint::Unknown},
        RouteRow{"MethodInLowerCase", "delete", "/v1/trading/accounts/A/orders", Endpoint::Unknown},
        RouteRow{"Patch", "PATCH", "/v1/trading/accounts/A/orders/O", Endpoint::Unknown},
        RouteRow{"DeleteClock", "DELETE", "/v1/clock", Endpoint::Unknown}),
    test::kByName);

TEST(RouteOf, SaysThatAPathCannotBeDecoded) {
  EXPECT_FALSE(routeOf("GET", "/v1/trading/accounts/A/orders/%zz").isDecoded);
  EXPECT_FALSE(routeOf("GET", "/v1/trading/accounts/%4/orders").isDecoded);
  EXPECT_TRUE(routeOf("GET", "/v1/trading/accounts/A/orders/%41").isDecoded);
}

}  // namespace
}  // namespace alpaca::broker::testing
