#include "testing/order_json.hpp"

#include "testing/answer.hpp"
#include "testing/times.hpp"

#include "support/ids.hpp"
#include "support/row_name.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace alpaca::broker::testing {
namespace {

using nlohmann::json;
using test::order;

Order full() {
  Order full{order("o1"),    "AAPL",           "my \"own\" id",     OrderStatus::PartiallyFilled,
             OrderSide::Buy, OrderType::Limit, OrderClass::Bracket, TimeInForce::Gtc};
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

Order everything() {
  Order all = full();
  for (auto* number :
       {&all.notional, &all.filledAvgPrice, &all.stopPrice, &all.trailPrice, &all.trailPercent, &all.hwm}) {
    *number = Decimal("1");
  }
  for (auto* when : {&all.updatedAt, &all.filledAt, &all.expiredAt, &all.canceledAt, &all.cancelRequestedAt,
                     &all.failedAt, &all.replacedAt}) {
    *when = all.createdAt;
  }
  all.replacedBy = order("o2");
  all.legs.push_back(Order{order("leg"), "AAPL"});
  return all;
}

TEST(OrderJson, WritesWhatIsThereAsItIs) {
  const json written = orderJson(full());
  EXPECT_EQ(written["id"], "o1");
  EXPECT_EQ(written["symbol"], "AAPL");
  EXPECT_EQ(written["client_order_id"], "my \"own\" id");
  EXPECT_EQ(written["status"], "partially_filled");
  EXPECT_EQ(written["side"], "buy");
  EXPECT_EQ(written["type"], "limit");
  EXPECT_EQ(written["order_type"], "limit");
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

// The API's description of each field of an order.
enum class Absent { IsNull, IsLeftOut, NeverHappens };

struct FieldRow {
  const char* name;
  Absent absent;
  json::value_t type = json::value_t::string;
};

class FieldOfAnOrder : public ::testing::TestWithParam<FieldRow> {};

TEST_P(FieldOfAnOrder, IsWhatTheDescriptionAllows) {
  const FieldRow& row = GetParam();
  const json whole = orderJson(everything());
  ASSERT_TRUE(whole.contains(row.name));
  EXPECT_EQ(whole[row.name].type(), row.type);

  const json bare = orderJson(Order{order("o1"), "AAPL"});
  ASSERT_EQ(bare.contains(row.name), row.absent != Absent::IsLeftOut);
  EXPECT_EQ(bare.contains(row.name) && bare[row.name].is_null(), row.absent == Absent::IsNull);
}

INSTANTIATE_TEST_SUITE_P(
    OrderJson, FieldOfAnOrder,
    ::testing::Values(FieldRow{"id", Absent::NeverHappens}, FieldRow{"symbol", Absent::NeverHappens},
                      FieldRow{"status", Absent::NeverHappens}, FieldRow{"order_class", Absent::NeverHappens},
                      FieldRow{"filled_qty", Absent::NeverHappens},
                      FieldRow{"extended_hours", Absent::NeverHappens, json::value_t::boolean},
                      FieldRow{"client_order_id", Absent::IsLeftOut}, FieldRow{"asset_id", Absent::IsLeftOut},
                      FieldRow{"asset_class", Absent::IsLeftOut}, FieldRow{"type", Absent::IsLeftOut},
                      FieldRow{"order_type", Absent::IsLeftOut}, FieldRow{"side", Absent::IsLeftOut},
                      FieldRow{"time_in_force", Absent::IsLeftOut}, FieldRow{"commission", Absent::IsLeftOut},
                      FieldRow{"created_at", Absent::IsLeftOut}, FieldRow{"updated_at", Absent::IsLeftOut},
                      FieldRow{"submitted_at", Absent::IsLeftOut}, FieldRow{"filled_at", Absent::IsNull},
                      FieldRow{"expired_at", Absent::IsNull}, FieldRow{"canceled_at", Absent::IsNull},
                      FieldRow{"cancel_requested_at", Absent::IsNull}, FieldRow{"failed_at", Absent::IsNull},
                      FieldRow{"replaced_at", Absent::IsNull}, FieldRow{"replaced_by", Absent::IsNull},
                      FieldRow{"replaces", Absent::IsNull}, FieldRow{"qty", Absent::IsNull},
                      FieldRow{"notional", Absent::IsNull}, FieldRow{"limit_price", Absent::IsNull},
                      FieldRow{"stop_price", Absent::IsNull}, FieldRow{"filled_avg_price", Absent::IsNull},
                      FieldRow{"trail_price", Absent::IsNull}, FieldRow{"trail_percent", Absent::IsNull},
                      FieldRow{"hwm", Absent::IsNull}, FieldRow{"legs", Absent::IsNull, json::value_t::array}),
    test::kByName);

TEST(OrderJson, HasNoFieldThatTheTableDoesNotName) { EXPECT_EQ(orderJson(everything()).size(), 34U); }

TEST(OrderJson, WritesLegsAsOrders) {
  Order parent = full();
  parent.legs = {Order{order("leg1"), "AAPL"}, Order{order("leg2"), "AAPL"}};
  const json legs = orderJson(parent)["legs"];
  ASSERT_EQ(legs.size(), 2U);
  EXPECT_EQ(legs[1]["id"], "leg2");
  EXPECT_FALSE(legs[1].contains("legs"));  // null is not allowed there
}

TEST(OrderJson, IsAlwaysUtf8) {
  EXPECT_EQ(jsonAnswer(200, orderJson(Order{order("o1"), "A\xff"})["symbol"]).body, "\"A\xef\xbf\xbd\"");
}

}  // namespace
}  // namespace alpaca::broker::testing
