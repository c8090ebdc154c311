#include "core/generation.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace alpaca::broker::core {
namespace {

std::shared_ptr<Generation> first(const Credentials& credentials) {
  return std::make_shared<Generation>(credentials, 1, "proxy-password");
}

// Each like the one before with more behind it, so that to take out the shorter one first would break up the longer.
TEST(Generation, TakesOutTheOldAndTheNewCredentialsWhereverTheyStand) {
  const auto old = first({"PK0001", "hunter2-hunter2"});
  old->followedBy(old->successor({"PK0001-next", "hunter2-hunter2-hunter3"}));
  std::string text =
      "PK0001, PK0001-next: hunter2-hunter2-hunter3, hunter2-hunter2 by proxy-password, or hunter2-hunter2-h";
  old->redact(text);
  EXPECT_EQ(text, "[redacted], [redacted]: [redacted], [redacted] by [redacted], or [redacted]");
}

TEST(Generation, TakesOutNoCredentialsOfBeforeItsTime) {
  const auto old = first({"PK0001", "hunter2-hunter2"});
  old->followedBy(old->successor({"PK0002", "another-secret"}));
  std::string text = "hunter2-hunter2 another-secret";
  old->newest().redact(text);
  EXPECT_EQ(text, "hunter2-hunter2 [redacted]");
}

TEST(Generation, KeepsThoseThatFollowAndNoneBefore) {
  auto old = first({"PK0001", "hunter2-hunter2"});
  old->followedBy(old->successor({"PK0002", "another-secret"}));
  std::weak_ptr<const Generation> gone = old;
  const auto last = Generation::last(*old);
  EXPECT_EQ(&old->newest(), last.get());
  EXPECT_EQ(last->number(), 2U);
  EXPECT_TRUE(last->isOf({"PK0002", "another-secret"}));
  EXPECT_FALSE(last->isOf({"PK0002", "hunter2-hunter2"}));
  old.reset();
  EXPECT_TRUE(gone.expired());
  EXPECT_EQ(last->login().credentials.key(), "PK0002");
}

}  // namespace
}  // namespace alpaca::broker::core
