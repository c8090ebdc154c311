#include <alpaca/broker/ids.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iomanip>
#include <sstream>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace alpaca::broker {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kUuid = "3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b";

// In the cancel's path, each of these reaches another route: cancel-all, liquidation, the account itself and so on.
std::vector<std::string> hostileIds() {
  return {"",
          ".",
          "..",
          "x/..",
          "x/../",
          "#f",
          "?x",
          "../positions",
          "../orders",
          "A/positions?",
          "../../accounts/A#",
          "%2e%2e",
          "%2E%2E%2Fpositions",
          "%2F",
          "a/b",
          "a\\b",
          "..\\positions",
          "a b",
          " ",
          "a;b",
          "a:b",
          "orders:by_client_order_id",
          "a\r\nX-Injected: 1",
          "a\nb",
          "a\tb",
          std::string("a\0b", 3),
          "caf\xC3\xA9",
          "\xEF\xBC\x8F",
          "\xC0\xAF",
          "*",
          "a@b",
          "a,b",
          "{order_id}",
          kUuid + "/",
          "/" + kUuid,
          kUuid + "?",
          kUuid + "#",
          kUuid + "%00",
          kUuid + " ",
          kUuid + "\n"};
}

class HostileId : public ::testing::TestWithParam<std::string> {};

TEST_P(HostileId, IsRefusedAsAnAccountId) {
  const auto id = AccountId::parse(GetParam());
  ASSERT_FALSE(id);
  EXPECT_EQ(id.error().kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(id.error().message, HasSubstr("account id has "));
  EXPECT_THAT(id.error().message, HasSubstr("accepted: a UUID"));
}

TEST_P(HostileId, IsRefusedAsAnOrderId) {
  const auto id = OrderId::parse(GetParam());
  ASSERT_FALSE(id);
  EXPECT_EQ(id.error().kind, ErrorKind::InvalidArgument);
  EXPECT_FALSE(id.error().maybeApplied);
  EXPECT_THAT(id.error().message, HasSubstr("order id has "));
  EXPECT_THAT(id.error().message, HasSubstr("accepted: 1 to 128 characters out of A-Z a-z 0-9 _ -"));
}

INSTANTIATE_TEST_SUITE_P(All, HostileId, ::testing::ValuesIn(hostileIds()));

TEST(AccountId, IsAUuidInAnyCase) {
  EXPECT_EQ(AccountId::parse(kUuid)->str(), kUuid);
  EXPECT_EQ(AccountId::parse("3D0B0E65-35D3-4DCD-8DF7-10286EBB4B4B")->str(), kUuid);
}

template <class Id>
void expectOneId(const Id& a, const Id& b) {
  EXPECT_EQ(a, b);
  EXPECT_FALSE(a != b || a < b || b < a);
  EXPECT_EQ(std::hash<Id>{}(a), std::hash<Id>{}(b));
}

TEST(Ids, OfUuidsThatDifferInCaseAreOneId) {
  const std::string upper = "3D0B0E65-35D3-4DCD-8DF7-10286EBB4B4B";
  expectOneId(AccountId::parse(kUuid).value(), AccountId::parse(upper).value());
  expectOneId(OrderId::parse(kUuid).value(), OrderId::parse(upper).value());
  EXPECT_EQ(OrderId::parse(upper)->str(), kUuid);
}

TEST(Ids, OfOrdersThatAreNoUuidsKeepTheirCase) {
  for (const char* text : {"A", "3D0B0E65-35D3-4DCD-8DF7-10286EBB4B4", "3D0B0E65-35D3-4DCD-8DF7-10286EBB4B4G",
                           "3D0B0E65_35D3_4DCD_8DF7_10286EBB4B4B"}) {
    EXPECT_EQ(OrderId::parse(text)->str(), text);
  }
  EXPECT_NE(OrderId::parse("A").value(), OrderId::parse("a").value());
}

TEST(AccountId, RefusesWhatOnlyLooksLikeAUuid) {
  EXPECT_FALSE(AccountId::parse(kUuid.substr(1)));
  EXPECT_FALSE(AccountId::parse(kUuid + "0"));
  EXPECT_FALSE(AccountId::parse("3d0b0e6535d34dcd8df710286ebb4b4b"));
  EXPECT_FALSE(AccountId::parse("{d0b0e65-35d3-4dcd-8df7-10286ebb4b4}"));
  EXPECT_FALSE(AccountId::parse("3d0b0e65_35d3_4dcd_8df7_10286ebb4b4b"));
  EXPECT_FALSE(AccountId::parse("3d0b0e6-535d3-4dcd-8df7-10286ebb4b4b"));
  EXPECT_FALSE(AccountId::parse("gd0b0e65-35d3-4dcd-8df7-10286ebb4b4b"));
  // One wrong character at each position, dashes included.
  for (std::size_t i = 0; i < kUuid.size(); ++i) {
    std::string text = kUuid;
    text[i] = text[i] == '-' ? '0' : '/';
    EXPECT_FALSE(AccountId::parse(text)) << text;
  }
}

TEST(AccountId, NamesTheCharacterThatIsWrongAndWhereItStands) {
  std::string text = kUuid;
  text[3] = '/';
  EXPECT_EQ(AccountId::parse(text).error().message,
            "account id has '/' as character 4; accepted: a UUID, 8-4-4-4-12 hexadecimal digits.");
}

TEST(AccountId, NamesWhatWasCopiedWithIt) {
  EXPECT_THAT(AccountId::parse(" " + kUuid).error().message, HasSubstr("account id has ' ' as character 1;"));
  EXPECT_THAT(AccountId::parse("{" + kUuid + "}").error().message, HasSubstr("has '{' as character 1;"));
  EXPECT_THAT(AccountId::parse(kUuid + "\n").error().message, HasSubstr("has 0x0A as character 37;"));
  EXPECT_THAT(AccountId::parse(kUuid + "0").error().message, HasSubstr("has 37 characters;"));
  EXPECT_THAT(AccountId::parse("a").error().message, HasSubstr("has 1 character;"));
  EXPECT_THAT(AccountId::parse("").error().message, HasSubstr("has 0 characters;"));
}

TEST(AccountId, NamesTheDashesThatAreMissing) {
  EXPECT_EQ(AccountId::parse("3d0b0e6535d34dcd8df710286ebb4b4b").error().message,
            "account id has no dashes; accepted: a UUID, 8-4-4-4-12 hexadecimal digits.");
  EXPECT_THAT(AccountId::parse("xd0b0e6535d34dcd8df710286ebb4b4b").error().message, HasSubstr("has 32 characters"));
}

TEST(OrderId, TakesAUuidAndAnythingElseThatIsPlain) {
  EXPECT_TRUE(OrderId::parse(kUuid));
  EXPECT_TRUE(OrderId::parse("a"));
  EXPECT_TRUE(OrderId::parse("-"));
  EXPECT_TRUE(OrderId::parse("Az09_-"));
  EXPECT_EQ(OrderId::parse(std::string(128, 'x'))->str(), std::string(128, 'x'));
}

TEST(OrderId, HasAtMost128Characters) {
  EXPECT_EQ(OrderId::parse(std::string(129, 'x')).error().message,
            "order id has 129 characters; accepted: 1 to 128 characters out of A-Z a-z 0-9 _ -.");
}

TEST(OrderId, AcceptsExactlyTheAllowListOfAll256Bytes) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const bool allowed =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    EXPECT_EQ(static_cast<bool>(OrderId::parse(std::string(1, c))), allowed) << byte;
  }
}

TEST(OrderId, RepeatsNothingUnprintable) {
  EXPECT_THAT(OrderId::parse("a\x1b[2J").error().message, HasSubstr("has 0x1B as character 2"));
  EXPECT_THAT(OrderId::parse("a\nb").error().message, Not(HasSubstr("\n")));
}

// A moved-from std::string is empty, and a path with an empty order id is the cancel-all route.
TEST(OrderId, SurvivesBeingMovedFrom) {
  auto id = OrderId::parse(kUuid).value();
  const auto moved = std::move(id);  // NOLINT(performance-move-const-arg)
  EXPECT_EQ(id.str(), kUuid);        // NOLINT(bugprone-use-after-move): tests exactly that
  EXPECT_EQ(moved.str(), kUuid);
}

TEST(AccountId, SurvivesBeingMovedFrom) {
  auto id = AccountId::parse(kUuid).value();
  AccountId other = AccountId::parse("00000000-0000-0000-0000-000000000000").value();
  other = std::move(id);       // NOLINT(performance-move-const-arg)
  EXPECT_EQ(id.str(), kUuid);  // NOLINT(bugprone-use-after-move): tests exactly that
  EXPECT_EQ(other.str(), kUuid);
}

TEST(Ids, CanBeComparedOrderedAndHashed) {
  const auto a = OrderId::parse("a").value();
  const auto b = OrderId::parse("b").value();
  EXPECT_TRUE(a == a && a != b && a < b);
  EXPECT_EQ((std::unordered_set<OrderId>{a, b, a}.size()), 2U);
  const auto account = AccountId::parse(kUuid).value();
  EXPECT_EQ((std::unordered_set<AccountId>{account, account}.size()), 1U);
}

TEST(ClientOrderId, IsOneToAHundredAndTwentyEightPrintableCharacters) {
  for (const std::string& text : {std::string("x"), std::string(128, '~'), std::string("my order #7 / 100%"),
                                  std::string(128, ' '), std::string("../orders")}) {
    EXPECT_EQ(ClientOrderId::parse(text).value().str(), text);
  }
  for (const std::string& text :
       {std::string(), std::string(129, 'x'), std::string("a\nb"), std::string("a\0b", 3), std::string("a\tb"),
        std::string("\x80"), std::string("\xC3\xA9"), std::string("\x7f")}) {
    const auto id = ClientOrderId::parse(text);
    ASSERT_FALSE(id) << text;
    EXPECT_EQ(id.error().kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(id.error().message, HasSubstr("client order id has "));
    EXPECT_THAT(id.error().message, HasSubstr("accepted: 1 to 128 printable ASCII characters."));
  }
  EXPECT_THAT(ClientOrderId::parse("").error().message, HasSubstr("has 0 characters"));
  EXPECT_THAT(ClientOrderId::parse(std::string(129, 'x')).error().message, HasSubstr("has 129 characters"));
}

TEST(ClientOrderId, ComparesByteForByte) {
  const ClientOrderId id = ClientOrderId::parse("Mine").value();
  EXPECT_NE(id, ClientOrderId::parse("mine").value());
  EXPECT_EQ(std::unordered_set<ClientOrderId>({id, id}).size(), 1U);
  EXPECT_EQ(toString(id), "Mine");
}

TEST(Ids, ArePrintedAsTheirText) {
  const auto order = OrderId::parse("order-1").value();
  const auto account = AccountId::parse("3D0B0E65-35d3-4dcd-8df7-10286ebb4b4b").value();
  std::ostringstream out;
  out << std::setw(10) << order << '|' << account << '|' << ClientOrderId::parse("my id").value();
  EXPECT_EQ(out.str(), "   order-1|3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b|my id");
  EXPECT_EQ(::testing::PrintToString(std::vector<OrderId>{order}), "{ order-1 }");
}

}  // namespace
}  // namespace alpaca::broker
