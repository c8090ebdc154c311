#include "credentials/credential_source.hpp"

#include "support/gate.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace alpaca::broker::credentials {
namespace {

using namespace std::chrono_literals;
using test::Counter;
using test::Gate;

const Credentials kFirst{"PK0001", "hunter2-hunter2"};
const Credentials kSecond{"PK0002", "hunter3-hunter3"};
constexpr auto kLong = 20'000ms;

// The clock stands still unless the test moves it.
class RotationTest : public ::testing::Test {
 protected:
  std::unique_ptr<CredentialSource> rotation(std::function<Credentials()> provider,
                                             std::chrono::milliseconds interval = 0ms) {
    return std::make_unique<CredentialSource>(kFirst, RotationOptions{std::move(provider), interval}, "proxy-password",
                                              [this] { return CredentialSource::Clock::time_point(now.load()); });
  }

  std::function<Credentials()> counted(Credentials given) {
    return [this, given = std::move(given)] {
      asked.add();
      return given;
    };
  }

  static RenewalResult refuse(CredentialSource& rotation, std::chrono::milliseconds time = kLong) {
    return rotation.renew(*rotation.current(), time, {});
  }

  std::atomic<std::chrono::milliseconds> now{0ms};
  Counter asked;
};

TEST_F(RotationTest, GivesTheFirstCredentialsUntilOthersAreThere) {
  const auto own = rotation(counted(kSecond));
  const auto before = own->current();
  EXPECT_TRUE(before->isOf(kFirst));
  EXPECT_EQ(asked.count(), 0);
  EXPECT_EQ(own->renew(*before, kLong, {}), RenewalResult::Newer);
  EXPECT_TRUE(own->current()->isOf(kSecond));
  EXPECT_TRUE(before->isOf(kFirst));  // as a call that holds them needs
}

TEST_F(RotationTest, AsksNobodyForCredentialsThatAreReplacedAlready) {
  const auto own = rotation(counted(kSecond));
  const auto before = own->current();
  EXPECT_EQ(own->renew(*before, kLong, {}), RenewalResult::Newer);
  EXPECT_EQ(own->renew(*before, kLong, {}), RenewalResult::Newer);
  EXPECT_EQ(asked.count(), 1);
}

TEST_F(RotationTest, LetsAllThatAreRefusedShareOneAnswer) {
  Gate vault;
  const auto own = rotation([&] {
    asked.add();
    vault.pass();
    return kSecond;
  });
  const auto refused = own->current();
  constexpr std::size_t kCalls = 16;
  std::vector<std::future<RenewalResult>> calls;
  calls.reserve(kCalls);
  while (calls.size() < kCalls) {
    calls.push_back(std::async(std::launch::async, [&] { return own->renew(*refused, kLong, {}); }));
  }
  EXPECT_TRUE(vault.waitForArrivals(1));
  vault.open();
  for (auto& call : calls) EXPECT_EQ(call.get(), RenewalResult::Newer);
  EXPECT_EQ(asked.count(), 1);
}

TEST_F(RotationTest, AsksOnlyOnceInASecondWhenThatDoesNotHelp) {
  const auto own = rotation(counted(kFirst));
  for (int i = 0; i < 100; ++i) EXPECT_EQ(refuse(*own), RenewalResult::Unchanged);
  EXPECT_EQ(asked.count(), 1);
  now = 999ms;
  EXPECT_EQ(refuse(*own), RenewalResult::Unchanged);
  EXPECT_EQ(asked.count(), 1);
  now = 1s;
  EXPECT_EQ(refuse(*own), RenewalResult::Unchanged);
  EXPECT_EQ(asked.count(), 2);
}

TEST_F(RotationTest, KeepsTheCredentialsInForceWhateverElseComes) {
  const std::vector<std::pair<std::function<Credentials()>, RenewalResult>> rows{
      {[]() -> Credentials { throw std::runtime_error("hunter3-hunter3"); }, RenewalResult::Failed},
      {[]() -> Credentials { throw 1; }, RenewalResult::Failed},
      {[] {
         return Credentials{"", "hunter3-hunter3"};
       },
       RenewalResult::Unusable},
      {[] {
         return Credentials{"PK0002", "hunter3-hunter3\n"};
       },
       RenewalResult::Unusable},
      {[] {
         return Credentials{"PK:0002", "hunter3-hunter3"};
       },
       RenewalResult::Unusable},
      {[] { return kFirst; }, RenewalResult::Unchanged}};
  for (const auto& [provider, renewal] : rows) {
    const auto own = rotation(provider);
    EXPECT_EQ(refuse(*own), renewal);
    EXPECT_TRUE(own->current()->isOf(kFirst));
    now = now.load() + 1s;
    EXPECT_EQ(refuse(*own), renewal);  // the thread still runs
  }
}

TEST_F(RotationTest, AsksUnaskedWhenItIsTime) {
  std::atomic<int> looks{0};
  CredentialSource own(kFirst, {counted(kSecond), 1ms}, "",
                       [&] { return CredentialSource::Clock::time_point(1ms * ++looks); });
  own.start();
  EXPECT_TRUE(asked.waitFor(3));
  // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDeleteLeaks): the analyzer loses track of a nested std::function
}

TEST_F(RotationTest, StartsTheThreadWithTheFirstCallIfNobodyElseDoes) {
  const auto own = rotation(counted(kSecond), 1ms);
  now = 1ms;
  EXPECT_TRUE(own->current());
  EXPECT_TRUE(asked.waitFor(1));
}

// Such an answer may have been fetched before the credentials were replaced.
TEST_F(RotationTest, DoesNotLetAnAnswerThatWasOnlyDueSpeakForARefusal) {
  Gate vault;
  const auto own = rotation(
      [&] {
        asked.add();
        if (asked.count() > 1) return kSecond;
        vault.pass();
        return kFirst;
      },
      1ms);
  own->start();
  now = 1ms;
  EXPECT_TRUE(vault.waitForArrivals(1));
  const auto refused = own->current();
  EXPECT_EQ(own->renew(*refused, 0ms, {}), RenewalResult::TimedOut);
  vault.open();
  EXPECT_TRUE(asked.waitFor(2));
  EXPECT_EQ(own->renew(*refused, kLong, {}), RenewalResult::Newer);
}

TEST_F(RotationTest, WaitsNoLongerThanTheCallHasTime) {
  Gate vault;
  const auto own = rotation([&] { return vault.pass(), kSecond; });
  EXPECT_EQ(refuse(*own, 1ms), RenewalResult::TimedOut);
  vault.open();
}

TEST_F(RotationTest, IsLeftByAStoppedCallAlone) {
  Gate vault;
  const auto own = rotation([&] { return vault.pass(), kSecond; });
  auto other = std::async(std::launch::async, [&] { return refuse(*own); });
  EXPECT_TRUE(vault.waitForArrivals(1));
  StopSource stop;
  auto stopped = std::async(std::launch::async, [&] { return own->renew(*own->current(), kLong, stop.token()); });
  stop.requestStop();
  EXPECT_EQ(stopped.get(), RenewalResult::Stopped);
  vault.open();
  EXPECT_EQ(other.get(), RenewalResult::Newer);
}

TEST_F(RotationTest, EndsAllWaitingWhenItCloses) {
  Gate vault;
  const auto own = rotation([&] { return vault.pass(), kSecond; });
  auto waiting = std::async(std::launch::async, [&] { return refuse(*own); });
  EXPECT_TRUE(vault.waitForArrivals(1));
  own->close();
  EXPECT_EQ(waiting.get(), RenewalResult::Closed);
  EXPECT_EQ(refuse(*own), RenewalResult::Closed);
  vault.open();
  own->join();
  EXPECT_TRUE(own->current()->isOf(kFirst));  // nobody needs the answer any more
}

TEST_F(RotationTest, DoesNotLetTheProviderWaitForItself) {
  std::unique_ptr<CredentialSource> own;
  std::promise<RenewalResult> inside;
  own = rotation([&] {
    inside.set_value(refuse(*own));
    return kSecond;
  });
  EXPECT_EQ(refuse(*own), RenewalResult::Newer);
  EXPECT_EQ(inside.get_future().get(), RenewalResult::OwnCall);
}

TEST_F(RotationTest, AsksNowWhenItIsTold) {
  const auto own = rotation(counted(kSecond));
  EXPECT_EQ(own->askNow(kLong, {}), RenewalResult::Newer);
  EXPECT_TRUE(own->current()->isOf(kSecond));
  EXPECT_EQ(own->askNow(kLong, {}), RenewalResult::Unchanged);
  EXPECT_EQ(asked.count(), 2);
}

// A refusal's pause is for floods of calls. Nor does a question without a refusal keep the next refusal from asking.
TEST_F(RotationTest, AsksNowWithoutThePauseOfRefusals) {
  const auto own = rotation(counted(kFirst));
  EXPECT_EQ(own->askNow(kLong, {}), RenewalResult::Unchanged);
  EXPECT_EQ(refuse(*own), RenewalResult::Unchanged);
  EXPECT_EQ(asked.count(), 2);
  EXPECT_EQ(refuse(*own), RenewalResult::Unchanged);
  EXPECT_EQ(asked.count(), 2);
  EXPECT_EQ(own->askNow(kLong, {}), RenewalResult::Unchanged);
  EXPECT_EQ(asked.count(), 3);
}

// It may have read the key before that was replaced.
TEST_F(RotationTest, IsNotAnsweredByAQuestionThatRanAlready) {
  Gate vault;
  const auto own = rotation([&] {
    asked.add();
    if (asked.count() > 1) return kSecond;
    vault.pass();
    return kFirst;
  });
  EXPECT_EQ(own->askNow(0ms, {}), RenewalResult::TimedOut);
  EXPECT_TRUE(vault.waitForArrivals(1));
  auto later = std::async(std::launch::async, [&] { return own->askNow(kLong, {}); });
  vault.open();
  EXPECT_EQ(later.get(), RenewalResult::Newer);
}

TEST_F(RotationTest, LetsAllThatAskNowShareTheNextQuestion) {
  Gate vault;
  const auto own = rotation([&] {
    asked.add();
    vault.pass();
    return kFirst;
  });
  EXPECT_EQ(own->askNow(0ms, {}), RenewalResult::TimedOut);
  EXPECT_TRUE(vault.waitForArrivals(1));
  for (int i = 0; i < 8; ++i) EXPECT_EQ(own->askNow(0ms, {}), RenewalResult::TimedOut);
  vault.open();
  EXPECT_TRUE(asked.waitFor(2));
  EXPECT_EQ(own->askNow(kLong, {}), RenewalResult::Unchanged);
  EXPECT_EQ(asked.count(), 3);
}

TEST_F(RotationTest, TellsWhoAsksNowWhatWentWrong) {
  const std::vector<std::pair<std::function<Credentials()>, RenewalResult>> rows{
      {[]() -> Credentials { throw std::runtime_error("hunter3-hunter3"); }, RenewalResult::Failed},
      {[] {
         return Credentials{"", "hunter3-hunter3"};
       },
       RenewalResult::Unusable}};
  for (const auto& [provider, renewal] : rows) {
    const auto own = rotation(provider);
    EXPECT_EQ(own->askNow(kLong, {}), renewal);
    EXPECT_TRUE(own->current()->isOf(kFirst));
  }
}

TEST_F(RotationTest, LeavesWhoAsksNowWithAStopOrItsEnd) {
  Gate vault;
  const auto own = rotation([&] { return vault.pass(), kSecond; });
  StopSource stop;
  auto stopped = std::async(std::launch::async, [&] { return own->askNow(kLong, stop.token()); });
  auto waiting = std::async(std::launch::async, [&] { return own->askNow(kLong, {}); });
  EXPECT_TRUE(vault.waitForArrivals(1));
  stop.requestStop();
  EXPECT_EQ(stopped.get(), RenewalResult::Stopped);
  own->close();
  EXPECT_EQ(waiting.get(), RenewalResult::Closed);
  EXPECT_EQ(own->askNow(kLong, {}), RenewalResult::Closed);
  vault.open();
}

TEST_F(RotationTest, DoesNotLetTheProviderAskNow) {
  std::unique_ptr<CredentialSource> own;
  std::promise<RenewalResult> inside;
  own = rotation([&] {
    inside.set_value(own->askNow(kLong, {}));
    return kSecond;
  });
  EXPECT_EQ(own->askNow(kLong, {}), RenewalResult::Newer);
  EXPECT_EQ(inside.get_future().get(), RenewalResult::OwnCall);
}

TEST_F(RotationTest, LetsTheProviderDestroyIt) {
  Gate vault;
  Counter destroyed;
  std::unique_ptr<CredentialSource> own;
  own = rotation([&] {
    Credentials given = kSecond;  // copied while the test still waits
    vault.pass();
    own.reset();
    destroyed.add();
    return given;
  });
  EXPECT_EQ(refuse(*own, 0ms), RenewalResult::TimedOut);
  vault.open();
  EXPECT_TRUE(destroyed.waitFor(1));
}

TEST_F(RotationTest, LetsOldCredentialsGoWithTheLastCallThatHoldsThem) {
  const auto own = rotation(counted(kSecond));
  auto call = own->current();
  const std::weak_ptr<const CredentialSet> old = call;
  EXPECT_EQ(refuse(*own), RenewalResult::Newer);
  own->close();
  own->join();  // the thread has released them by then
  EXPECT_FALSE(old.expired());
  call.reset();
  EXPECT_TRUE(old.expired());
}

TEST_F(RotationTest, IsTheFirstCredentialsAndNothingElseWithoutAProvider) {
  const auto own = rotation(nullptr);
  own->start();
  EXPECT_FALSE(own->isOn());
  EXPECT_TRUE(own->current()->isOf(kFirst));
  EXPECT_EQ(own->current().use_count(), 0);  // the call path does no reference counting
  own->close();
}

}  // namespace
}  // namespace alpaca::broker::credentials
