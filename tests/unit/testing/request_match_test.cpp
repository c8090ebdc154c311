#include "testing/request_match.hpp"

#include "support/ids.hpp"
#include "support/row_name.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace alpaca::broker::testing {
namespace {

const std::string kAccount = "/v1/trading/accounts/3D0B0E65-35D3-4DCD-8DF7-10286EBB4B4B";
const AccountId kAccountId = AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
const AccountId kOtherAccount = AccountId::parse("00000000-35d3-4dcd-8df7-10286ebb4b4b").value();

struct MatchRow {
  const char* name;
  RequestMatch match;
  const char* method;
  std::string target;
  bool matches;
};

class MatchOf : public ::testing::TestWithParam<MatchRow> {};

TEST_P(MatchOf, ComparesWhatIsSet) {
  const MatchRow& row = GetParam();
  EXPECT_EQ(matches(row.match, {row.method, row.target, {}, {}}), row.matches);
}

INSTANTIATE_TEST_SUITE_P(
    Requests, MatchOf,
    ::testing::Values(
        MatchRow{"NothingSet", {}, "POST", "/unknown", true}, MatchRow{"Method", {"GET"}, "GET", "/v1/clock", true},
        MatchRow{"MethodInLowerCase", {"get"}, "GET", "/v1/clock", true},
        MatchRow{"OtherMethod", {"GET"}, "HEAD", "/v1/clock", false},
        MatchRow{"Order", {"", test::order("o1")}, "DELETE", kAccount + "/orders/o1", true},
        MatchRow{"OrderWithQuery", {"", test::order("o1")}, "GET", kAccount + "/orders/o1?x=y", true},
        MatchRow{"OrderEncoded", {"", test::order("o1")}, "GET", kAccount + "/orders/%6f1", true},
        MatchRow{"OrderOfAnUnknownRoute", {"", test::order("o1")}, "PATCH", kAccount + "/orders/o1", true},
        MatchRow{"OtherOrder", {"", test::order("o1")}, "DELETE", kAccount + "/orders/o2", false},
        MatchRow{"OrderInAList", {"", test::order("o1")}, "GET", kAccount + "/orders", false},
        MatchRow{"Account", {"", {}, kAccountId}, "GET", kAccount + "/orders", true},
        MatchRow{"AccountOfTheOrder", {"", {}, kAccountId}, "DELETE", kAccount + "/orders/o1", true},
        MatchRow{"OtherAccount", {"", {}, kOtherAccount}, "GET", kAccount + "/orders", false},
        MatchRow{"NoAccount", {"", {}, kAccountId}, "GET", "/v1/clock", false},
        MatchRow{"All", {"DELETE", test::order("o1"), kAccountId}, "DELETE", kAccount + "/orders/o1", true},
        MatchRow{"AllButTheMethod", {"GET", test::order("o1"), kAccountId}, "DELETE", kAccount + "/orders/o1", false}),
    test::kByName);

TEST(MatchedValues, AreReplacedByThoseForTheSameRequests) {
  MatchedValues<std::shared_ptr<int>> values;
  const auto replaced = std::make_shared<int>(1);
  values.set({"GET"}, replaced);
  values.set({"", test::order("o1")}, std::make_shared<int>(2));
  values.set({"get"}, std::make_shared<int>(3));
  EXPECT_EQ(replaced.use_count(), 1) << "or a long test would fill the memory";
  EXPECT_EQ(**values.find({"GET", kAccount + "/orders/o1", {}, {}}), 3);
  EXPECT_EQ(**values.find({"DELETE", kAccount + "/orders/o1", {}, {}}), 2);
  EXPECT_EQ(values.find({"DELETE", kAccount + "/orders/o2", {}, {}}), nullptr);
}

}  // namespace
}  // namespace alpaca::broker::testing
