#include <alpaca/broker/function.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace alpaca::broker {
namespace {

using Count = Function<int(int)>;

int twice(int number) { return 2 * number; }

TEST(Function, CallsWhatItHolds) {
  EXPECT_EQ(Count(twice)(4), 8);
  EXPECT_EQ(Count([](int number) { return number + 1; })(4), 5);
  EXPECT_EQ(Count(std::function<int(int)>(twice))(4), 8);
}

TEST(Function, TakesWhatCanOnlyBeMoved) {
  auto owned = std::make_unique<int>(7);
  const Count add([owned = std::move(owned)](int number) { return *owned + number; });
  EXPECT_EQ(add(1), 8);
}

TEST(Function, PassesOnWhatCanOnlyBeMoved) {
  const Function<int(std::unique_ptr<int>)> read([](std::unique_ptr<int> number) { return *number; });
  EXPECT_EQ(read(std::make_unique<int>(5)), 5);
}

TEST(Function, DropsAResultThatNobodyAskedFor) {
  int calls = 0;
  const Function<void(int)> call([&](int number) { return calls += number; });
  call(3);
  EXPECT_EQ(calls, 3);
}

TEST(Function, SharesItsCallableWithItsCopies) {
  const Count counter([total = 0](int number) mutable { return total += number; });
  const Count copy = counter;  // NOLINT(performance-unnecessary-copy-initialization)
  EXPECT_EQ(counter(1), 1);
  EXPECT_EQ(copy(1), 2);
}

TEST(Function, IsEmptyWhenThereIsNothingToCall) {
  int (*const none)(int) = nullptr;
  for (const Count& empty : {Count(), Count(nullptr), Count(none), Count(std::function<int(int)>())}) {
    EXPECT_FALSE(empty);
    EXPECT_TRUE(empty == nullptr);
    EXPECT_TRUE(nullptr == empty);
    EXPECT_FALSE(nullptr != empty);
    EXPECT_THROW(empty(1), std::logic_error);
  }
  EXPECT_TRUE(Count(twice) != nullptr);
  EXPECT_TRUE(nullptr != Count(twice));
  EXPECT_FALSE(nullptr == Count(twice));
}

TEST(Function, LetsAnExceptionThrough) {
  const Count failing([](int) -> int { throw std::runtime_error("no"); });
  EXPECT_THROW(failing(1), std::runtime_error);
}

}  // namespace
}  // namespace alpaca::broker
