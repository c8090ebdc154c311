#include "base/small_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace alpaca::broker::base {
namespace {

using Text = SmallText<8>;

TEST(SmallText, KeepsTextOfAnyLength) {
  for (std::size_t size = 0; size < 20; ++size) {
    const std::string text(size, 'x');
    EXPECT_EQ(Text(text), text);
    EXPECT_EQ(Text(text).size(), size);
  }
}

TEST(SmallText, GrowsAcrossItsShortLength) {
  Text text;
  std::string same;
  for (const char* part : {"abc", "", "defgh", "i", "jklmnopqrstuvwxyz", ""}) {
    text.append(part);
    same.append(part);
    EXPECT_EQ(text, same);
  }
  text.clear();
  EXPECT_EQ(text, "");
  text.append("short");
  EXPECT_EQ(text, "short");
}

TEST(SmallText, IsMadeOfParts) { EXPECT_EQ((Text{"/v1/", "orders", "/", "x"}), "/v1/orders/x"); }

TEST(SmallText, IsCopiedAndMovedLikeAnyText) {
  for (const std::string& value : {std::string("short"), std::string(30, 'l')}) {
    Text text = value;
    Text copy = text;
    EXPECT_EQ(copy, value);
    Text moved = std::move(copy);
    EXPECT_EQ(moved, value);
    for (const std::string& old : {std::string("old"), std::string(40, 'o')}) {
      Text target = old;
      target = text;
      EXPECT_EQ(target, value);
      EXPECT_EQ(text, value);
      target = old;
      target = std::move(moved);
      EXPECT_EQ(target, value);
      moved = target;
    }
  }
}

}  // namespace
}  // namespace alpaca::broker::base
