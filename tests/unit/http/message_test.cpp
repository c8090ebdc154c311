#include "http/message.hpp"

#include <gtest/gtest.h>

namespace alpaca::broker::http {
namespace {

TEST(HeaderBlock, FindsAHeaderInAnyCaseAndTrimsItsValue) {
  const HeaderBlock headers("Server: x\r\nX-Request-ID: \t abc \r\nLast:y\r\n");
  EXPECT_EQ(headers.find("x-request-id"), "abc");
  EXPECT_EQ(headers.find("LAST"), "y");
  EXPECT_EQ(headers.find("Server"), "x");
}

TEST(HeaderBlock, DoesNotTakePartOfANameForTheName) {
  const HeaderBlock headers("X-Request-ID-Old: 1\r\nOld-X-Request-ID: 2\r\n");
  EXPECT_EQ(headers.find("X-Request-ID"), std::nullopt);
}

TEST(HeaderBlock, TakesTheFirstOfSeveral) { EXPECT_EQ(HeaderBlock("A: 1\r\na: 2\r\n").find("A"), "1"); }

TEST(HeaderBlock, CopesWithOddLines) {
  const HeaderBlock headers("no colon\r\n: no name\r\n\r\nA:\r\nB: 1");
  EXPECT_EQ(headers.find("A"), "");
  EXPECT_EQ(headers.find("B"), "1");
  EXPECT_EQ(headers.find("no colon"), std::nullopt);
  EXPECT_EQ(HeaderBlock().find("A"), std::nullopt);
}

}  // namespace
}  // namespace alpaca::broker::http
