#include "credentials/used_credentials.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace alpaca::broker::credentials {
namespace {

std::shared_ptr<const CredentialSet> first() {
  return std::make_shared<const CredentialSet>(Credentials{"PK0001", "hunter2-hunter2"}, 1, "proxy-password");
}

// Each like the one before with more behind it, so that to take out the shorter one first would break up the longer.
TEST(UsedCredentials, AreAllTakenOutWhereverTheyStand) {
  const auto old = first();
  UsedCredentials used;
  used.add(old);
  used.add(old->successor({"PK0001-next", "hunter2-hunter2-hunter3"}));
  std::string text =
      "PK0001, PK0001-next: hunter2-hunter2-hunter3, hunter2-hunter2 by proxy-password, or hunter2-hunter2-h";
  used.redact(text);
  EXPECT_EQ(text, "[redacted], [redacted]: [redacted], [redacted] by [redacted], or [redacted]");
}

TEST(UsedCredentials, AreThoseOfThisCallAndNoOthers) {
  const auto old = first();
  UsedCredentials used;
  used.add(old->successor({"PK0002", "another-secret"}));
  std::string text = "hunter2-hunter2 another-secret";
  used.redact(text);
  EXPECT_EQ(text, "hunter2-hunter2 [redacted]");
}

TEST(UsedCredentials, AreKeptOnceHoweverOftenTheyAreSent) {
  const auto only = first();
  UsedCredentials used;
  for (int attempt = 0; attempt < 3; ++attempt) used.add(only);
  EXPECT_EQ(only.use_count(), 2);
  EXPECT_EQ(&used.last(), only.get());
}

TEST(UsedCredentials, LeaveATextAloneThatNothingWasSentFor) {
  std::string text = "hunter2-hunter2";
  UsedCredentials().redact(text);
  EXPECT_EQ(text, "hunter2-hunter2");
}

}  // namespace
}  // namespace alpaca::broker::credentials
