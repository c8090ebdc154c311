#include "http/url.hpp"

#include <gtest/gtest.h>

namespace alpaca::broker::http {
namespace {

TEST(Loopback, IsTheHostItself) {
  for (const char* host :
       {"localhost", "LocalHost", "127.0.0.1", "127.1.2.3", "127.255.255.255", "127.10.0.99", "[::1]", "::1"}) {
    EXPECT_TRUE(isLoopback(host)) << host;
  }
}

TEST(Loopback, IsNothingThatLooksLikeIt) {
  for (const char* host : {"",
                           "localhost.",
                           "xlocalhost",
                           "127.0.0.1.example",
                           "127.0.0.1.",
                           "127.0.0.1 ",
                           " 127.0.0.1",
                           "0.0.0.0",
                           "1.0.0.127",
                           "128.0.0.1",
                           "[::2]",
                           "::2",
                           "[127.0.0.1]",
                           "::ffff:127.0.0.1",
                           "-127.0.0.1",
                           "12.7.0.1",
                           "1270.0.0.1",
                           "127..0.1",
                           "127.0.0.256",
                           "127.300.0.1",
                           "127.0.0.1000",
                           "127.0.0.999"}) {
    EXPECT_FALSE(isLoopback(host)) << host;
  }
}

TEST(Loopback, HasOneWayToWriteAnIpv4Address) {
  for (const char* host : {"127", "127.1", "127.0.1", "127.0.0.", "127.0.0.0.1", "127.0.0.01", "127.00.0.1",
                           "0127.0.0.1", "0177.0.0.1", "0x7f.0.0.1", "2130706433"}) {
    EXPECT_FALSE(isLoopback(host)) << host;
  }
}

}  // namespace
}  // namespace alpaca::broker::http
