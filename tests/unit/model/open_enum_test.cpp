#include <alpaca/broker/error.hpp>
#include <alpaca/broker/order_status.hpp>
#include <alpaca/broker/order_terms.hpp>

#include <gtest/gtest.h>

#include <iomanip>
#include <sstream>
#include <string>

namespace alpaca::broker {
namespace {

// Each enumerator must stand for the word that is named like it.
std::string enumeratorOf(std::string_view word) {
  std::string name;
  bool isUpper = true;
  for (const char c : word) {
    if (c != '_') name += isUpper ? static_cast<char>(c - 'a' + 'A') : c;
    isUpper = c == '_';
  }
  return name;
}

template <class Word>
void expectRoundTrip(typename Word::Kind kind, const std::string& enumerator) {
  const Word known = kind;
  const Word read(known.str());
  EXPECT_EQ(read.kind(), kind);
  EXPECT_TRUE(read == known);
  EXPECT_TRUE(read == kind);
  EXPECT_TRUE(kind == read);
  EXPECT_FALSE(read != kind);
  EXPECT_EQ(toString(read), known.str());
  EXPECT_EQ(enumeratorOf(known.str()), enumerator);
}

#define EXPECT_WORD(Type, enumerator) expectRoundTrip<Type>(Type::enumerator, #enumerator)

TEST(OpenEnum, KnowsTheBrokersWords) {
  EXPECT_WORD(OrderSide, Buy);
  EXPECT_WORD(OrderSide, Sell);
  EXPECT_WORD(OrderSide, BuyMinus);
  EXPECT_WORD(OrderSide, SellPlus);
  EXPECT_WORD(OrderSide, SellShort);
  EXPECT_WORD(OrderSide, SellShortExempt);
  EXPECT_WORD(OrderSide, Undisclosed);
  EXPECT_WORD(OrderSide, Cross);
  EXPECT_WORD(OrderSide, CrossShort);
  EXPECT_WORD(OrderType, Market);
  EXPECT_WORD(OrderType, Limit);
  EXPECT_WORD(OrderType, Stop);
  EXPECT_WORD(OrderType, StopLimit);
  EXPECT_WORD(OrderType, TrailingStop);
  EXPECT_WORD(TimeInForce, Day);
  EXPECT_WORD(TimeInForce, Gtc);
  EXPECT_WORD(TimeInForce, Opg);
  EXPECT_WORD(TimeInForce, Cls);
  EXPECT_WORD(TimeInForce, Ioc);
  EXPECT_WORD(TimeInForce, Fok);
  EXPECT_WORD(OrderClass, Simple);
  EXPECT_WORD(OrderClass, Bracket);
  EXPECT_WORD(OrderClass, Oco);
  EXPECT_WORD(OrderClass, Oto);
  EXPECT_EQ(OrderClass("mleg").kind(), OrderClass::MultiLeg);
  EXPECT_WORD(PositionIntent, BuyToOpen);
  EXPECT_WORD(PositionIntent, BuyToClose);
  EXPECT_WORD(PositionIntent, SellToOpen);
  EXPECT_WORD(PositionIntent, SellToClose);
  EXPECT_WORD(OrderStatus, New);
  EXPECT_WORD(OrderStatus, PartiallyFilled);
  EXPECT_WORD(OrderStatus, Filled);
  EXPECT_WORD(OrderStatus, DoneForDay);
  EXPECT_WORD(OrderStatus, Canceled);
  EXPECT_WORD(OrderStatus, Expired);
  EXPECT_WORD(OrderStatus, Replaced);
  EXPECT_WORD(OrderStatus, PendingCancel);
  EXPECT_WORD(OrderStatus, PendingReplace);
  EXPECT_WORD(OrderStatus, Accepted);
  EXPECT_WORD(OrderStatus, PendingNew);
  EXPECT_WORD(OrderStatus, AcceptedForBidding);
  EXPECT_WORD(OrderStatus, Stopped);
  EXPECT_WORD(OrderStatus, Rejected);
  EXPECT_WORD(OrderStatus, Suspended);
  EXPECT_WORD(OrderStatus, Calculated);
  EXPECT_WORD(OrderStatus, Held);
  EXPECT_WORD(OrderStatus, PendingReview);
}

TEST(OpenEnum, KeepsAWordOfALaterVersion) {
  const OrderSide side("sideways");
  EXPECT_EQ(side.kind(), OrderSide::Unknown);
  EXPECT_EQ(side.str(), "sideways");
  EXPECT_TRUE(side == OrderSide("sideways"));
  EXPECT_FALSE(side == OrderSide("upwards"));
  EXPECT_FALSE(side == OrderSide::Buy);
  EXPECT_EQ(OrderSide("Buy").kind(), OrderSide::Unknown) << "case counts";
}

TEST(OpenEnum, IsComparedWithTextInBothSequences) {
  const OrderSide side = OrderSide::Buy;
  EXPECT_TRUE(side == "buy");
  EXPECT_TRUE("buy" == side);
  EXPECT_TRUE("sell" != side);
  EXPECT_FALSE("buy" != side);
  EXPECT_TRUE(std::string("filled") == OrderStatus(OrderStatus::Filled));
}

template <class Value>
std::string printed(const Value& value) {
  std::ostringstream out;
  out << std::left << std::setw(10) << value << '|';
  return out.str();
}

TEST(OpenEnum, IsPrintedAsItsWord) {
  EXPECT_EQ(printed(OrderSide(OrderSide::Buy)), "buy       |");
  EXPECT_EQ(printed(OrderSide("sideways")), "sideways  |");
  EXPECT_EQ(printed(OrderStatus(OrderStatus::Filled)), "filled    |");
  EXPECT_EQ(::testing::PrintToString(OrderSide(OrderSide::Buy)), "buy");
  EXPECT_EQ(::testing::PrintToString(OrderStatus(OrderStatus::Filled)), "filled");
}

TEST(OpenEnum, PrintsItsEnumeratorsAsWords) {
  EXPECT_EQ(printed(OrderSide::Buy), "buy       |");
  EXPECT_EQ(printed(OrderStatus::DoneForDay), "done_for_day|");
  EXPECT_EQ(printed(OrderType::Stop), "stop      |");
  EXPECT_EQ(printed(TimeInForce::Gtc), "gtc       |");
  EXPECT_EQ(printed(OrderClass::Oco), "oco       |");
  EXPECT_EQ(printed(PositionIntent::SellToOpen), "sell_to_open|");
  EXPECT_EQ(toString(OrderSide::Buy), "buy");
  EXPECT_EQ(toString(OrderSide::Unknown), "");
  EXPECT_EQ(::testing::PrintToString(OrderSide::Buy), "buy");
}

TEST(OpenEnum, LeavesShiftsAlone) {
  int bits = 1;
  EXPECT_EQ(bits << OrderSide::Sell, 4);
  EXPECT_EQ(1 << OrderSide::Sell, 4);
}

TEST(ErrorKind, IsPrintedAsItsName) {
  EXPECT_EQ(printed(ErrorKind::NotFound), "NotFound  |");
  EXPECT_EQ(::testing::PrintToString(ErrorKind::InDoubt), "InDoubt");
}

TEST(OpenEnum, OfNoWordIsUnknown) {
  EXPECT_EQ(OrderSide().kind(), OrderSide::Unknown);
  EXPECT_EQ(OrderSide("").kind(), OrderSide::Unknown);
  EXPECT_EQ(OrderSide(OrderSide::Unknown).str(), "");
}

TEST(OrderStatus, IsFinalOnlyForFiveWords) {
  int finals = 0;
  for (int kind = OrderStatus::Unknown; kind <= OrderStatus::PendingReview; ++kind) {
    finals += OrderStatus(static_cast<OrderStatus::Kind>(kind)).isFinal() ? 1 : 0;
  }
  EXPECT_EQ(finals, 5);
  for (const char* word : {"filled", "canceled", "expired", "rejected", "replaced"}) {
    EXPECT_TRUE(OrderStatus(std::string(word)).isFinal()) << word;
  }
}

}  // namespace
}  // namespace alpaca::broker
