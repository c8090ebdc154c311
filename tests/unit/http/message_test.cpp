#include "http/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace alpaca::broker::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> headersIn(std::string_view lines) {
  std::vector<std::string> headers;
  HeaderBlock(lines).forEach([&](std::string_view name, std::string_view value) {
    headers.push_back(std::string(name) + "=" + std::string(value));
  });
  return headers;
}

TEST(HeaderBlock, GivesEachHeaderWithItsValueTrimmed) {
  EXPECT_THAT(headersIn("Server: x\r\nX-Request-ID: \t abc \r\nLast:y\r\n"),
              ElementsAre("Server=x", "X-Request-ID=abc", "Last=y"));
  EXPECT_THAT(headersIn("A: 1\r\na: b: c\r\n"), ElementsAre("A=1", "a=b: c"));
}

TEST(HeaderBlock, CopesWithOddLines) {
  EXPECT_THAT(headersIn("no colon\r\n: no name\r\n\r\nA:\r\nB: 1"), ElementsAre("=no name", "A=", "B=1"));
  EXPECT_THAT(headersIn(""), IsEmpty());
}

}  // namespace
}  // namespace alpaca::broker::http
