#include "testing/order_json.hpp"

#include "testing/times.hpp"

#include "support/ids.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace alpaca::broker::testing {
namespace {

using nlohmann::json;
using test::order;

Order full() {
  Order full{order("o1"), "AAPL", "my \"own\" id", OrderStatus("partially_filled"), "buy", "limit", "bracket", "gtc"};
  full.assetId = "asset";
  full.assetClass = "us_equity";
  full.filledQty = Decimal("0.50");
  full.qty = Decimal("10.000000001");
  full.limitPrice = Decimal("1e2");
  full.commission = Decimal("1.5");
  full.createdAt = Timestamp{WallTime(std::chrono::seconds(1)), {}};
  full.submittedAt = Timestamp{WallTime(std::chrono::seconds(1)), "1970-01-01T01:00:01+01:00"};
  full.replaces = order("o0");
  return full;
}

TEST(OrderJson, WritesWhatIsThereAsItIs) {
  const json written = orderJson(full());
  EXPECT_EQ(written["id"], "o1");
  EXPECT_EQ(written["symbol"], "AAPL");
  EXPECT_EQ(written["client_order_id"], "my \"own\" id");
  EXPECT_EQ(written["status"], "partially_filled");
  EXPECT_EQ(written["side"], "buy");
  EXPECT_EQ(written["type"], "limit");
  EXPECT_EQ(written["order_class"], "bracket");
  EXPECT_EQ(written["time_in_force"], "gtc");
  EXPECT_EQ(written["asset_id"], "asset");
  EXPECT_EQ(written["asset_class"], "us_equity");
  EXPECT_EQ(written["replaces"], "o0");
}

TEST(OrderJson, WritesDecimalsAsTextDigitForDigit) {
  const json written = orderJson(full());
  EXPECT_EQ(written["filled_qty"], "0.50");
  EXPECT_EQ(written["qty"], "10.000000001");
  EXPECT_EQ(written["limit_price"], "1e2");
  EXPECT_EQ(written["commission"], "1.5");
}

TEST(OrderJson, KeepsTheTextOfATimeOrMakesOne) {
  const json written = orderJson(full());
  EXPECT_EQ(written["submitted_at"], "1970-01-01T01:00:01+01:00");
  EXPECT_EQ(written["created_at"], "1970-01-01T00:00:01.000000000Z");
}

TEST(OrderJson, HasEveryFieldAndNullForWhatIsAbsent) {
  const json written = orderJson(Order{order("o1"), "AAPL"});
  for (const char* name : {"client_order_id",
                           "asset_id",
                           "asset_class",
                           "type",
                           "side",
                           "time_in_force",
                           "created_at",
                           "updated_at",
                           "submitted_at",
                           "filled_at",
                           "expired_at",
                           "canceled_at",
                           "cancel_requested_at",
                           "failed_at",
                           "replaced_at",
                           "replaced_by",
                           "replaces",
                           "legs",
                           "qty",
                           "notional",
                           "limit_price",
                           "stop_price",
                           "filled_avg_price",
                           "trail_price",
                           "trail_percent",
                           "hwm",
                           "commission"}) {
    ASSERT_TRUE(written.contains(name)) << name;
    EXPECT_TRUE(written[name].is_null()) << name;
  }
  EXPECT_EQ(written["order_class"], "");
  EXPECT_EQ(written.size(), 32U);
}

TEST(OrderJson, WritesLegsAsOrders) {
  Order parent = full();
  parent.legs = {Order{order("leg1"), "AAPL"}, Order{order("leg2"), "AAPL"}};
  const json legs = orderJson(parent)["legs"];
  ASSERT_EQ(legs.size(), 2U);
  EXPECT_EQ(legs[1]["id"], "leg2");
  EXPECT_TRUE(legs[1]["legs"].is_null());
}

TEST(OrderJson, IsAlwaysUtf8) {
  EXPECT_EQ(written(orderJson(Order{order("o1"), "A\xff"})["symbol"]), "\"A\xef\xbf\xbd\"");
}

}  // namespace
}  // namespace alpaca::broker::testing
