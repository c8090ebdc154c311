#include "endpoints/order_reader.hpp"

#include "base/json_document.hpp"

#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace alpaca::broker::endpoints {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

std::optional<Order> read(std::string_view body) {
  const auto json = base::parseJson(body);
  EXPECT_TRUE(json) << body;
  return json ? readOrder(*json) : std::nullopt;
}

// An order with one additional field.
Order with(const std::string& field) { return read(R"({"id":"a","symbol":"A",)" + field + "}").value(); }

TEST(OrderReader, ReadsEveryField) {
  const auto order = read(R"({
      "id": "61e69015-8549-4bfd-b9c3-01e75843f47d", "client_order_id": "eb9e2aaa-f71a-4f51-b5b4-52a6c565dad4",
      "created_at": "2021-03-16T18:38:01.942282Z", "updated_at": "2021-03-16T18:38:01.942283Z",
      "submitted_at": "2021-03-16T18:38:01.937734Z", "filled_at": "2021-03-16T18:38:02Z",
      "expired_at": "2021-03-16T18:38:03Z", "canceled_at": "2021-03-16T18:38:04Z",
      "cancel_requested_at": "2021-03-16T14:38:05-04:00", "failed_at": "2021-03-16T18:38:06Z",
      "replaced_at": "2021-03-16T18:38:07Z", "replaced_by": "71e69015", "replaces": "51e69015",
      "asset_id": "b0b6dd9d-8b9b-48a9-ba46-b9d54906e415", "symbol": "AAPL", "asset_class": "us_equity",
      "notional": "500.00", "qty": "5.5", "filled_qty": "2.50", "filled_avg_price": "10.10",
      "order_class": "bracket", "order_type": "limit", "type": "limit", "side": "buy", "time_in_force": "gtc",
      "limit_price": "11", "stop_price": "12.0", "trail_price": "1.30", "trail_percent": "0.5", "hwm": "113.12",
      "status": "partially_filled", "extended_hours": false, "commission": 1.10,
      "legs": [{"id": "l1", "symbol": "AAPL", "legs": null}, {"id": "l2", "symbol": "AAPL", "limit_price": "9"}]})");
  ASSERT_TRUE(order);
  EXPECT_EQ(order->id.str(), "61e69015-8549-4bfd-b9c3-01e75843f47d");
  EXPECT_EQ(order->symbol, "AAPL");
  EXPECT_EQ(order->clientOrderId, "eb9e2aaa-f71a-4f51-b5b4-52a6c565dad4");
  EXPECT_EQ(order->status.kind(), OrderStatus::PartiallyFilled);
  EXPECT_EQ(order->side, "buy");
  EXPECT_EQ(order->type, "limit");
  EXPECT_EQ(order->orderClass, "bracket");
  EXPECT_EQ(order->timeInForce, "gtc");
  EXPECT_EQ(order->assetId, "b0b6dd9d-8b9b-48a9-ba46-b9d54906e415");
  EXPECT_EQ(order->assetClass, "us_equity");
  EXPECT_EQ(order->filledQty.str(), "2.50");
  EXPECT_EQ(order->qty.value().str(), "5.5");
  EXPECT_EQ(order->notional.value().str(), "500.00");
  EXPECT_EQ(order->filledAvgPrice.value().str(), "10.10");
  EXPECT_EQ(order->limitPrice.value().str(), "11");
  EXPECT_EQ(order->stopPrice.value().str(), "12.0");
  EXPECT_EQ(order->trailPrice.value().str(), "1.30");
  EXPECT_EQ(order->trailPercent.value().str(), "0.5");
  EXPECT_EQ(order->hwm.value().str(), "113.12");
  EXPECT_EQ(order->commission.value().str(), "1.10");
  EXPECT_EQ(order->createdAt.value().text, "2021-03-16T18:38:01.942282Z");
  EXPECT_EQ(order->updatedAt.value().text, "2021-03-16T18:38:01.942283Z");
  EXPECT_EQ(order->submittedAt.value().text, "2021-03-16T18:38:01.937734Z");
  EXPECT_EQ(order->filledAt.value().text, "2021-03-16T18:38:02Z");
  EXPECT_EQ(order->expiredAt.value().text, "2021-03-16T18:38:03Z");
  EXPECT_EQ(order->canceledAt.value().text, "2021-03-16T18:38:04Z");
  EXPECT_EQ(order->cancelRequestedAt.value().text, "2021-03-16T14:38:05-04:00");
  EXPECT_EQ(order->failedAt.value().text, "2021-03-16T18:38:06Z");
  EXPECT_EQ(order->replacedAt.value().text, "2021-03-16T18:38:07Z");
  EXPECT_EQ(order->createdAt->time.time_since_epoch().count(), 1'615'919'881'942'282'000);
  EXPECT_EQ(order->replacedBy.value().str(), "71e69015");
  EXPECT_EQ(order->replaces.value().str(), "51e69015");
  ASSERT_THAT(order->legs, SizeIs(2));
  EXPECT_EQ(order->legs[1].id.str(), "l2");
  EXPECT_EQ(order->legs[1].limitPrice.value().str(), "9");
}

void expectOnlyIdAndSymbol(const std::optional<Order>& order) {
  ASSERT_TRUE(order);
  EXPECT_EQ(order->id.str() + order->symbol, "aA");
  for (const auto& text : {order->clientOrderId, order->status.str(), order->side.str(), order->type.str(),
                           order->orderClass.str(), order->timeInForce.str(), order->positionIntent.str(),
                           order->assetId, order->assetClass, order->filledQty.str()}) {
    EXPECT_EQ(text, "");
  }
  for (const auto& number : {order->qty, order->notional, order->filledAvgPrice, order->limitPrice, order->stopPrice,
                             order->trailPrice, order->trailPercent, order->hwm, order->commission}) {
    EXPECT_FALSE(number);
  }
  for (const auto& time : {order->createdAt, order->updatedAt, order->submittedAt, order->filledAt, order->expiredAt,
                           order->canceledAt, order->cancelRequestedAt, order->failedAt, order->replacedAt}) {
    EXPECT_FALSE(time);
  }
  EXPECT_FALSE(order->replacedBy || order->replaces);
  EXPECT_THAT(order->legs, IsEmpty());
  EXPECT_EQ(order->status.kind(), OrderStatus::Unknown);
  EXPECT_THAT(order->unreadable, IsEmpty());
}

// The fields other than id and symbol, each with this value.
std::string allFieldsAs(const std::string& value) {
  std::string text = R"({"id":"a","symbol":"A")";
  for (const char* name : {"client_order_id",
                           "status",
                           "side",
                           "type",
                           "order_class",
                           "time_in_force",
                           "asset_id",
                           "asset_class",
                           "filled_qty",
                           "qty",
                           "notional",
                           "filled_avg_price",
                           "limit_price",
                           "stop_price",
                           "trail_price",
                           "trail_percent",
                           "hwm",
                           "commission",
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
                           "legs"}) {
    text += std::string(",\"") + name + "\":" + value;
  }
  return text + "}";
}

TEST(OrderReader, LeavesOutNothingThatIsThere) { expectOnlyIdAndSymbol(read(R"({"id":"a","symbol":"A"})")); }
TEST(OrderReader, TakesNullForAbsent) { expectOnlyIdAndSymbol(read(allFieldsAs("null"))); }
TEST(OrderReader, TakesNoTextForAbsent) { expectOnlyIdAndSymbol(read(allFieldsAs("\"\""))); }

TEST(OrderReader, IgnoresWhatItDoesNotKnow) {
  expectOnlyIdAndSymbol(read(R"({"id":"a","symbol":"A","subtag":{"deep":[[[1]]]},"source":null,"ratio_qty":1.5})"));
}

TEST(OrderReader, FindsNoOrderWithoutAnUsableId) {
  for (const char* body :
       {"null", "[]", "\"a\"", "1", "{}", R"({"symbol":"A"})", R"({"id":null,"symbol":"A"})",
        R"({"id":["a"],"symbol":"A"})", R"({"id":"","symbol":"A"})", R"({"id":"../x","symbol":"A"})",
        R"({"id":"a b","symbol":"A"})", R"({"id":"a\u0000","symbol":"A"})", R"({"ID":"a","symbol":"A"})"}) {
    EXPECT_FALSE(read(body)) << body;
  }
}

// One order that could not be read for such a reason once kept all others from being canceled.
TEST(OrderReader, ReadsAMultiLegOrderWhateverItHasForASymbol) {
  for (const char* body : {R"({"id":"a"})", R"({"id":"a","symbol":null})", R"({"id":"a","symbol":""})"}) {
    const auto order = read(body);
    ASSERT_TRUE(order) << body;
    EXPECT_EQ(order->symbol, "");
    EXPECT_THAT(order->unreadable, IsEmpty());
  }
}

// The broker describes a multi-leg option order like this.
TEST(OrderReader, LetsASymbolBeEmpty) {
  const auto order = read(R"({"id":"a","symbol":"","asset_id":"","side":"","order_class":"mleg",
      "legs":[{"id":"l1","symbol":"AAPL250117P00200000"}]})");
  ASSERT_TRUE(order);
  EXPECT_EQ(order->symbol, "");
  EXPECT_EQ(order->legs.at(0).symbol, "AAPL250117P00200000");
}

TEST(OrderReader, KeepsAStatusThatItDoesNotKnow) {
  const Order order = with(R"("status":"pending_teleport")");
  EXPECT_EQ(order.status.kind(), OrderStatus::Unknown);
  EXPECT_EQ(order.status.str(), "pending_teleport");
  EXPECT_FALSE(order.status.isFinal());
}

TEST(OrderReader, KeepsTheDigitsOfDecimals) {
  for (const char* digits : {"0", "1.10", "-3", "0.000000001", "1e-7", "123456789012345678901234567890.10"}) {
    EXPECT_EQ(with(std::string(R"("commission":)") + digits).commission.value().str(), digits);
    EXPECT_EQ(with(std::string(R"("qty":")") + digits + "\"").qty.value().str(), digits);
  }
  for (const char* digits : {"007", ".5", "5.", "+1", "1E+2"}) {
    EXPECT_EQ(with(std::string(R"("qty":")") + digits + "\"").qty.value().str(), digits);
  }
}

struct Value {
  const char* name;
  const char* json;
  const char* text;
};

class OrderReaderOf : public ::testing::TestWithParam<Value> {
 protected:
  static void expectNoted(const Order& order, const char* field) {
    ASSERT_THAT(order.unreadable, SizeIs(1)) << field;
    EXPECT_EQ(order.unreadable.front().name, field);
    EXPECT_EQ(order.unreadable.front().text, GetParam().text);
  }
  static Order withField(const char* field) { return with(std::string("\"") + field + "\":" + GetParam().json); }
};

TEST_P(OrderReaderOf, KeepsTheTextOfWhatIsNoNumber) {
  const Order filled = withField("filled_qty");
  EXPECT_EQ(filled.filledQty.str(), GetParam().text);
  EXPECT_FALSE(filled.filledQty.isNumber() || filled.filledQty.isZero());
  expectNoted(filled, "filled_qty");
  const Order order = withField("qty");
  EXPECT_EQ(order.qty.value().str(), GetParam().text);
  EXPECT_FALSE(order.qty->isNumber() || order.qty->isZero());
  expectNoted(order, "qty");
}

TEST_P(OrderReaderOf, KeepsTheTextOfWhatIsNoTime) {
  const Order order = withField("submitted_at");
  EXPECT_EQ(order.submittedAt.value().text, GetParam().text);
  EXPECT_FALSE(order.submittedAt->readable);
  expectNoted(order, "submitted_at");
}

TEST_P(OrderReaderOf, KeepsTheTextOfWhatIsNoOrderId) {
  const Order order = withField("replaced_by");
  EXPECT_FALSE(order.replacedBy);
  expectNoted(order, "replaced_by");
}

INSTANTIATE_TEST_SUITE_P(Rows, OrderReaderOf,
                         ::testing::Values(Value{"Thousands", R"("1,000")", "1,000"},
                                           Value{"TrailingSpace", R"("7 ")", "7 "},
                                           Value{"LeadingSpace", R"(" 1")", " 1"}, Value{"Space", R"(" ")", " "},
                                           Value{"Dots", R"("1.2.3")", "1.2.3"}, Value{"NoExponent", R"("1e+")", "1e+"},
                                           Value{"LineEnd", R"("1\n")", "1\n"}, Value{"True", "true", "true"},
                                           Value{"Object", "{}", "{}"}, Value{"List", R"(["1"])", R"(["1"])"},
                                           Value{"Point", R"(".")", "."}),
                         test::kByName);

TEST(OrderReader, KeepsWhatIsNoTime) {
  for (const char* text : {"yesterday", "1615919881", "2021-02-29T00:00:00Z"}) {
    const Order order = with(std::string(R"("filled_at":")") + text + "\"");
    EXPECT_EQ(order.filledAt.value().text, text);
    EXPECT_FALSE(order.filledAt->readable);
  }
  EXPECT_TRUE(with(R"("filled_at":"2021-02-28T00:00:00Z")").filledAt->readable);
}

TEST(OrderReader, KeepsWhatIsNoWord) {
  const Order order = with(R"("status":{"now":"filled"},"legs":"none")");
  EXPECT_EQ(order.status.str(), R"({"now":"filled"})");
  EXPECT_EQ(order.status.kind(), OrderStatus::Unknown);
  ASSERT_THAT(order.unreadable, SizeIs(2));
  EXPECT_EQ(order.unreadable[0].name, "status");
  EXPECT_EQ(order.unreadable[1].name, "legs");
  EXPECT_EQ(order.unreadable[1].text, "none");
}

TEST(OrderReader, TakesNoTextForNoOrderId) {
  EXPECT_FALSE(with(R"("replaces":"")").replaces);
  EXPECT_THAT(with(R"("replaces":"")").unreadable, IsEmpty());
}

TEST(OrderReader, LosesNoLeg) {
  EXPECT_FALSE(read(R"({"id":"a","symbol":"A","legs":[{"id":"b","symbol":"B"},{"symbol":"c"}]})"));
  EXPECT_FALSE(read(R"({"id":"a","symbol":"A","legs":[null]})"));
  EXPECT_TRUE(read(R"({"id":"a","symbol":"A","legs":[]})"));
  EXPECT_THAT(read(R"({"id":"a","symbol":"A","legs":{"id":"b","symbol":"B"}})").value().unreadable, SizeIs(1));
}

TEST(OrderReader, ReadsLegsOfLegsAsDeepAsATextNests) {
  const std::string leg = R"({"id":"a","symbol":"A","legs":[)";
  std::string body;
  for (int i = 0; i < 15; ++i) body += leg;
  body += R"({"id":"z","symbol":"Z"})";
  for (int i = 0; i < 15; ++i) body += "]}";
  const auto order = read(body);
  ASSERT_TRUE(order);
  const Order* deepest = &*order;
  while (!deepest->legs.empty()) deepest = &deepest->legs.front();
  EXPECT_EQ(deepest->id.str(), "z");
}

TEST(Decimal, KnowsZeroHoweverItIsWritten) {
  for (const char* zero : {"0", "-0", "0.00", ".0", "0e5", "0.0E-7"}) EXPECT_TRUE(Decimal(zero).isZero()) << zero;
  for (const char* other : {"1", "-1", "0.001", "1e-7", "10", "5E0"}) EXPECT_FALSE(Decimal(other).isZero()) << other;
}

TEST(Decimal, ThatIsNoNumberIsNotZero) {
  for (const char* text : {"", "0,0", "0 ", "NaN", "zero", "-", ".", "e5", "0x0", "0e", "true"}) {
    EXPECT_FALSE(Decimal(text).isNumber()) << text;
    EXPECT_FALSE(Decimal(text).isZero()) << text;
  }
  for (const char* text : {"0", "1.10", "-3", "007", ".5", "5.", "+1", "1E+2"}) {
    EXPECT_TRUE(Decimal(text).isNumber()) << text;
  }
}

}  // namespace
}  // namespace alpaca::broker::endpoints
