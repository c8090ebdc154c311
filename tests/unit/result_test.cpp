#include <alpaca/broker/result.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <type_traits>

namespace alpaca::broker {
namespace {

Error tooLate() {
  Error error;
  error.kind = ErrorKind::NotCancelable;
  error.message = "too late";
  error.httpStatus = 422;
  return error;
}

TEST(Result, WithAValueIsTrueAndGivesIt) {
  Result<std::string> result{std::string("yes")};
  EXPECT_TRUE(result);
  EXPECT_EQ(*result, "yes");
  EXPECT_EQ(result.value(), "yes");
  EXPECT_EQ(result->size(), 3U);
}

TEST(Result, WithAnErrorIsFalseAndGivesIt) {
  const Result<std::string> result{tooLate()};
  EXPECT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::NotCancelable);
  EXPECT_EQ(result.error().message, "too late");
}

TEST(Result, ValueThrowsTheErrorWithEverythingInIt) {
  const Result<std::string> result{tooLate()};
  try {
    static_cast<void>(result.value());
    FAIL() << "value() did not throw";
  } catch (const BrokerError& thrown) {
    EXPECT_STREQ(thrown.what(), "too late");
    EXPECT_EQ(thrown.error().kind, ErrorKind::NotCancelable);
    EXPECT_EQ(thrown.error().httpStatus, 422);
  }
}

TEST(Result, DereferencingAnErrorThrowsInsteadOfInventingAValue) {
  Result<std::string> result{tooLate()};
  EXPECT_THROW(static_cast<void>(*result), BrokerError);
  EXPECT_THROW(static_cast<void>(result->size()), BrokerError);
}

TEST(Result, AskingASuccessForItsErrorThrows) {
  Result<std::string> result{std::string("yes")};
  EXPECT_THROW(static_cast<void>(result.error()), std::logic_error);
}

TEST(Result, HoldsWhatCanOnlyBeMoved) {
  Result<std::unique_ptr<int>> result{std::make_unique<int>(7)};
  const std::unique_ptr<int> taken = std::move(result).value();
  EXPECT_EQ(*taken, 7);
}

TEST(BrokerError, CanBeCopiedWithoutThrowing) {
  static_assert(std::is_nothrow_copy_constructible_v<BrokerError>);
  const BrokerError original{tooLate()};
  const BrokerError copy = original;  // NOLINT(performance-unnecessary-copy-initialization)
  EXPECT_EQ(&copy.error(), &original.error());
}

TEST(ErrorKind, HasANameForEachEnumerator) {
  EXPECT_EQ(toString(ErrorKind::InvalidArgument), "InvalidArgument");
  EXPECT_EQ(toString(ErrorKind::BadRequest), "BadRequest");
  EXPECT_EQ(toString(ErrorKind::Unauthorized), "Unauthorized");
  EXPECT_EQ(toString(ErrorKind::Forbidden), "Forbidden");
  EXPECT_EQ(toString(ErrorKind::NotFound), "NotFound");
  EXPECT_EQ(toString(ErrorKind::NotCancelable), "NotCancelable");
  EXPECT_EQ(toString(ErrorKind::RateLimited), "RateLimited");
  EXPECT_EQ(toString(ErrorKind::ServerError), "ServerError");
  EXPECT_EQ(toString(ErrorKind::UnexpectedResponse), "UnexpectedResponse");
  EXPECT_EQ(toString(ErrorKind::NotSent), "NotSent");
  EXPECT_EQ(toString(ErrorKind::InDoubt), "InDoubt");
  EXPECT_EQ(toString(ErrorKind::Aborted), "Aborted");
  EXPECT_EQ(toString(static_cast<ErrorKind>(999)), "Unknown");
}

}  // namespace
}  // namespace alpaca::broker
