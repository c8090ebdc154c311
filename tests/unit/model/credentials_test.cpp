#include <alpaca/broker/credentials.hpp>

#include <alpaca/broker/error.hpp>

#include "support/scoped_environment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace alpaca::broker {
namespace {

using test::ScopedEnvironment;
using ::testing::HasSubstr;

TEST(Credentials, AreReadFromTheEnvironmentWhenAsked) {
  const ScopedEnvironment key("ALPACA_BROKER_API_KEY", "a-key");
  const ScopedEnvironment secret("ALPACA_BROKER_API_SECRET", "a-secret");
  const Credentials credentials = Credentials::fromEnvironment();
  EXPECT_EQ(credentials.key(), "a-key");
  EXPECT_EQ(credentials.secret(), "a-secret");
}

std::string complaint() {
  try {
    Credentials::fromEnvironment();
    return "none";
  } catch (const BrokerError& error) {
    EXPECT_EQ(error.error().kind, ErrorKind::InvalidArgument);
    return error.what();
  }
}

TEST(Credentials, NameTheVariableThatIsMissingOrEmpty) {
  const ScopedEnvironment key("ALPACA_BROKER_API_KEY", "a-key");
  const ScopedEnvironment unset("ALPACA_BROKER_API_SECRET", nullptr);
  EXPECT_THAT(complaint(), HasSubstr("ALPACA_BROKER_API_SECRET is not set"));
  const ScopedEnvironment empty("ALPACA_BROKER_API_KEY", "");
  EXPECT_EQ(complaint(),
            "the environment variable ALPACA_BROKER_API_KEY is empty; accepted: a Broker API credential. "
            "ALPACA_BROKER_API_SECRET is missing, too.");
  const ScopedEnvironment set("ALPACA_BROKER_API_SECRET", "a-secret");
  EXPECT_EQ(complaint(), "the environment variable ALPACA_BROKER_API_KEY is empty; accepted: a Broker API credential.");
}

TEST(Credentials, CanBeCopiedMovedAndAssigned) {
  Credentials first{"key", "a secret that is too long for the small-string buffer"};
  Credentials copy = first;
  const Credentials moved = std::move(first);
  EXPECT_EQ(moved.secret(), copy.secret());
  copy = Credentials{"other", "short"};
  EXPECT_EQ(copy.key(), "other");
  EXPECT_EQ(moved.key(), "key");
}

// Moving a short std::string copies its bytes, and the originals stay in memory.
TEST(Credentials, LeaveNoShortSecretBehindWhenMoved) {
  Credentials first{"key", "short"};
  const char* bytes = first.secret().data();
  const Credentials moved = std::move(first);
  EXPECT_EQ(std::string(bytes, 5), std::string(5, '\0'));
}

}  // namespace
}  // namespace alpaca::broker
