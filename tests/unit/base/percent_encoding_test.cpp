#include "base/percent_encoding.hpp"

#include <gtest/gtest.h>

#include <string>

namespace alpaca::broker::base {
namespace {

TEST(PercentEncoding, LetsThroughWhatMeansNothingInAUrlAndNothingElse) {
  constexpr std::string_view kUnreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text(1, static_cast<char>(byte));
    const bool passes = kUnreserved.find(text) != std::string_view::npos;
    EXPECT_EQ(percentEncoded(text).size(), passes ? 1U : 3U) << byte;
    if (passes) {
      EXPECT_EQ(percentEncoded(text), text);
    } else {
      EXPECT_EQ(std::stoi(percentEncoded(text).substr(1), nullptr, 16), byte);
    }
  }
}

TEST(PercentEncoding, WritesEachByteOfAText) {
  EXPECT_EQ(percentEncoded(""), "");
  EXPECT_EQ(percentEncoded("BTC/USD"), "BTC%2FUSD");
  EXPECT_EQ(percentEncoded("a b+c%2F&d=\xC3\xA9"), "a%20b%2Bc%252F%26d%3D%C3%A9");
  EXPECT_EQ(percentEncoded(std::string_view("\0\n", 2)), "%00%0A");
}

}  // namespace
}  // namespace alpaca::broker::base
