#include "credentials/credential_set.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace alpaca::broker::credentials {
namespace {

TEST(CredentialSet, IsFollowedByOneWithTheNextNumberAndTheSameProxy) {
  const CredentialSet first({"PK0001", "hunter2-hunter2"}, 1, "proxy-password");
  const auto next = first.successor({"PK0002", "another-secret"});
  EXPECT_EQ(next->number(), 2U);
  EXPECT_EQ(next->credentials().key(), "PK0002");
  EXPECT_TRUE(next->isOf({"PK0002", "another-secret"}));
  EXPECT_FALSE(next->isOf({"PK0002", "hunter2-hunter2"}));
  std::string text = "proxy-password another-secret hunter2-hunter2";
  next->redactor().redact(text);
  EXPECT_EQ(text, "[redacted] [redacted] hunter2-hunter2");
}

}  // namespace
}  // namespace alpaca::broker::credentials
