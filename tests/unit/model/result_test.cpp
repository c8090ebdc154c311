#include <alpaca/broker/batch.hpp>
#include <alpaca/broker/batch_confirm.hpp>
#include <alpaca/broker/cancel.hpp>
#include <alpaca/broker/cancel_all.hpp>
#include <alpaca/broker/confirm.hpp>
#include <alpaca/broker/kill_switch.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/result.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

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

// Each of these was once a use after scope under AddressSanitizer: the temporary result took its contents with it.
TEST(Result, ThatIsTemporaryLeavesNoReferenceDangling) {
  const auto longTexts = [] {
    return Result<std::vector<std::string>>({std::string(100, 'a'), std::string(100, 'b')});
  };
  std::string all;
  for (const auto& text : longTexts().value()) all += text;
  for (const auto& text : *longTexts()) all += text;
  const auto& kept = *longTexts();
  EXPECT_EQ(all.size(), 400U);
  EXPECT_EQ(kept.at(1), std::string(100, 'b'));
  const auto& error = Result<std::string>(tooLate()).error();
  EXPECT_EQ(error.message, "too late");
  const Result<std::string> named{std::string(100, 'c')};
  const auto& copied = std::move(named).value();  // NOLINT(performance-move-const-arg): of a const temporary
  EXPECT_NE(&copied, &named.value());
}

template <class T, class Self>
constexpr bool kGivesValues = std::is_same_v<decltype(std::declval<Self>().value()), T>&&
    std::is_same_v<decltype(*std::declval<Self>()), T>&& std::is_same_v<decltype(std::declval<Self>().error()), Error>;
template <class T>
using Pointer = std::unique_ptr<T>;
static_assert(kGivesValues<std::string, Result<std::string>>);
static_assert(kGivesValues<std::string, const Result<std::string>>);
static_assert(std::is_same_v<decltype(std::declval<Result<Pointer<int>>>().value()), Pointer<int>>);
static_assert(std::is_same_v<decltype(std::declval<Result<int>&>().value()), int&>);
static_assert(std::is_same_v<decltype(std::declval<const Result<int>&>().value()), const int&>);
static_assert(std::is_same_v<decltype(*std::declval<Result<int>&>()), int&>);

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

// The call is there on success and failure alike.
TEST(Result, SaysHowTheCallWent) {
  CallInfo info;
  info.requestId = "r1";
  const Result<std::string> success(std::string("yes"), info);
  EXPECT_EQ(success.call().requestId, "r1");
  Error error = tooLate();
  error.call = info;
  const Result<std::string> failure(error);
  EXPECT_EQ(failure.call().requestId, "r1");
  EXPECT_EQ(&failure.call(), &failure.error().call);
  EXPECT_EQ(Result<std::string>(error).call().requestId, "r1") << "of a temporary, by value";
  EXPECT_EQ(Result<std::string>(std::string("yes")).call().attempts, 0) << "without a call";
}

// What was sent is reported even when memory runs out, so nothing may throw while a result is handed on.
TEST(Result, IsMovedWithoutMemory) {
  EXPECT_TRUE(std::is_nothrow_move_constructible_v<Result<CancelAccepted>>);
  EXPECT_TRUE(std::is_nothrow_move_constructible_v<Result<Order>>);
  EXPECT_TRUE(std::is_nothrow_move_constructible_v<Result<CancelConfirmation>>);
  EXPECT_TRUE(std::is_nothrow_move_constructible_v<Result<CancelAllReport>>);
  EXPECT_TRUE(std::is_nothrow_move_constructible_v<Result<BatchReport>>);
  EXPECT_TRUE(std::is_nothrow_move_constructible_v<Result<BatchConfirmReport>>);
  EXPECT_TRUE(std::is_nothrow_move_constructible_v<Result<KillSwitchReport>>);
  EXPECT_TRUE(std::is_nothrow_move_assignable_v<Result<CancelConfirmation>>);
  EXPECT_TRUE(std::is_nothrow_move_assignable_v<AccountReport>);
}

}  // namespace
}  // namespace alpaca::broker
