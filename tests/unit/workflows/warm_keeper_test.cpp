#include "workflows/warm_keeper.hpp"

#include "support/clock_answers.hpp"
#include "support/fake_transport.hpp"
#include "support/ids.hpp"

#include "endpoints/cancel_order.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <new>
#include <string>
#include <vector>

namespace alpaca::broker::workflows {
namespace {

using test::answered;
using test::clockBody;
using test::failed;
using ::testing::AllOf;
using ::testing::Each;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace std::chrono_literals;
using TimePoint = call::CallPipeline::Clock::time_point;

constexpr std::size_t kLooksInAnInterval = 4;

// Keeps three connections warm, each for 40 s. The transport behaves as its contract says.
class KeepWarm : public ::testing::Test {
 protected:
  KeepWarm() {
    log.cold = [this](http::TimePoint since) {
      return kWanted - static_cast<std::size_t>(
                           std::count_if(used.begin(), used.end(), [&](TimePoint last) { return last >= since; }));
    };
    log.answer = [this](const http::HttpRequest& request) {
      sent.push_back(log.now);
      log.now += 1ms;
      http::Exchange exchange = broker();
      if (exchange.response) use(*request.warmsUnusedSince);
      return exchange;
    };
  }

  void use(TimePoint unusedSince) {
    const auto oldest = std::min_element(used.begin(), used.end());
    if (oldest != used.end() && *oldest < unusedSince) {
      longestIdle = std::max(longestIdle, log.now - *oldest);
      *oldest = log.now;
    } else {
      used.push_back(log.now);
    }
  }

  void keepFor(std::size_t looks) {
    log.closed = false;
    log.pauses.clear();
    log.maxPauses = looks;
    keepWarm(pipeline(), options.keepWarm);
  }

  call::CallPipeline& pipeline() {
    if (!pipeline_) pipeline_ = test::sharedPipeline(log, options);
    return *pipeline_;
  }

  // The largest number of requests sent within any interval.
  [[nodiscard]] std::ptrdiff_t maxInAnInterval() const {
    std::ptrdiff_t most = 0;
    for (const TimePoint first : sent) {
      most = std::max(most, std::count_if(sent.begin(), sent.end(), [&](TimePoint time) {
                        return time >= first && time < first + options.keepWarm.interval - 10ms;
                      }));
    }
    return most;
  }

  static constexpr std::size_t kWanted = 3;

  static ClientOptions keepThree() {
    ClientOptions client;
    client.keepWarm = {kWanted, 40s};
    return client;
  }

  ClientOptions options = keepThree();
  std::function<http::Exchange()> broker = [] { return answered(200, clockBody()); };
  std::vector<TimePoint> used;  // last use of each connection
  std::vector<TimePoint> sent;
  std::chrono::nanoseconds longestIdle{0};
  test::FakeTransport::Log log;

 private:
  std::shared_ptr<call::CallPipeline> pipeline_;
};

TEST_F(KeepWarm, OpensWhatIsMissingAtOnce) {
  keepFor(1);
  EXPECT_THAT(used, SizeIs(3));
  EXPECT_THAT(log.requests, AllOf(SizeIs(3), Each(Eq("GET /v1/clock"))));
  EXPECT_LT(log.now - TimePoint{}, 11s);
}

TEST_F(KeepWarm, SendsOneRequestForEachConnectionInAnInterval) {
  keepFor(10 * kLooksInAnInterval);
  EXPECT_THAT(used, SizeIs(3));
  EXPECT_THAT(sent, SizeIs(30));
  EXPECT_LE(longestIdle, 40s + 10ms);
  EXPECT_LE(maxInAnInterval(), 3);
}

TEST_F(KeepWarm, LeavesConnectionsAloneThatAreUsed) {
  keepFor(1);
  log.cold = [&](http::TimePoint since) {
    std::fill(used.begin(), used.end(), log.now);
    return static_cast<std::size_t>(std::count_if(used.begin(), used.end(), [&](auto last) { return last < since; }));
  };
  keepFor(10 * kLooksInAnInterval);
  EXPECT_THAT(sent, SizeIs(3));  // only the first ones
}

TEST_F(KeepWarm, LetsNoneIdleForLongerThanTheInterval) {
  // One connection is used for something else, at different times between two looks.
  keepFor(1);
  for (int i = 1; i < 40; ++i) {
    used.front() = log.now + i * 250ms;
    keepFor(5);
  }
  EXPECT_GT(longestIdle, 20s);
  EXPECT_LE(longestIdle, 40s + 10ms);
}

TEST_F(KeepWarm, DoesNotHammerABrokerThatIsDown) {
  for (const auto failure : {http::Failure::ConnectFailed, http::Failure::NameNotResolved}) {
    sent.clear();
    broker = [=] { return failed(failure, 0); };
    keepFor(10 * kLooksInAnInterval);
    EXPECT_GE(sent.size(), 10U);  // it does not give up
    EXPECT_LE(maxInAnInterval(), 3);
  }
}

TEST_F(KeepWarm, DoesNotHammerABrokerThatClosesEveryConnection) {
  log.cold = [](http::TimePoint) { return std::size_t{100}; };
  keepFor(10 * kLooksInAnInterval);
  EXPECT_GE(sent.size(), 27U);
  EXPECT_LE(maxInAnInterval(), 3);
}

TEST_F(KeepWarm, TriesNoOtherConnectionAfterWhatGoesForAll) {
  for (const http::Exchange& exchange :
       {failed(http::Failure::ConnectFailed, 0), failed(http::Failure::NoFreeConnection, 0), answered(401),
        answered(403), answered(429), answered(503), answered(200, "<html>Log in</html>")}) {
    sent.clear();
    used.clear();
    broker = [&] { return exchange; };
    keepFor(1);
    EXPECT_THAT(sent, SizeIs(1)) << (exchange.response ? exchange.response->status : 0);
  }
}

TEST_F(KeepWarm, GoesOnWithTheOthersWhenAConnectionHasDied) {
  broker = [] { return failed(http::Failure::ConnectionLost, 1); };
  keepFor(1);
  EXPECT_THAT(sent, SizeIs(3));
}

TEST_F(KeepWarm, TriesNothingAgainAndLeavesTheRetriesToTheCalls) {
  options.retry.budget = 1;
  broker = [] { return failed(http::Failure::TimedOut, 1); };
  keepFor(5 * kLooksInAnInterval);
  EXPECT_THAT(log.pauses, SizeIs(5 * kLooksInAnInterval));  // no pauses except those between the looks
  log.closed = false;
  log.maxPauses.reset();
  log.answer = test::script({answered(503), answered(204)});
  const auto cancel = endpoints::cancel_order::operation(test::account(), test::order());
  EXPECT_TRUE(pipeline().call(cancel, CallOptions{}));
}

TEST_F(KeepWarm, TellsTheObserver) {
  std::vector<std::string> results;
  options.observer = [&](const AttemptEvent& event) {
    results.push_back(std::string(event.urlPath) + " " + std::string(event.errorType));
  };
  broker = [] { return failed(http::Failure::ConnectFailed, 0); };
  keepFor(1);
  EXPECT_THAT(results, ::testing::ElementsAre("/v1/clock connect_failed"));
}

TEST_F(KeepWarm, LeavesTheRestOfTheRateLimitToOthers) {
  broker = [] {
    return answered(200, clockBody(),
                    "X-RateLimit-Limit: 20\r\nX-RateLimit-Remaining: 2\r\nX-RateLimit-Reset: 25\r\n"
                    "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n");
  };
  keepFor(1);
  EXPECT_THAT(sent, SizeIs(1));
  EXPECT_THAT(log.pauses, SizeIs(1));  // it does not wait for a rate permit either
  keepFor(kLooksInAnInterval);
  EXPECT_GT(sent.size(), 1U);
}

TEST_F(KeepWarm, SurvivesALackOfMemory) {
  int asked = 0;
  broker = [&]() -> http::Exchange {
    if (++asked == 1) throw std::bad_alloc();
    return answered(200, clockBody());
  };
  keepFor(2 * kLooksInAnInterval);
  EXPECT_THAT(used, SizeIs(3));
}

TEST(WarmKeeper, StartsNoThreadUnlessAsked) {
  test::FakeTransport::Log log;
  const auto pipeline = test::sharedPipeline(log, ClientOptions{});
  WarmKeeper keeper;
  keeper.start(pipeline, KeepWarmOptions{});
  EXPECT_EQ(pipeline.use_count(), 1);
  keeper.join();
  EXPECT_THAT(log.requests, IsEmpty());
}

TEST(WarmKeeper, EndsWithTheCaller) {
  test::FakeTransport::Log log;
  log.cold = [](http::TimePoint) { return std::size_t{1}; };
  log.answer = [](const http::HttpRequest&) { return answered(200, clockBody()); };
  const auto pipeline = test::sharedPipeline(log, ClientOptions{});
  WarmKeeper keeper;
  keeper.start(pipeline, {1, 1s});
  pipeline->close();
  keeper.join();
  EXPECT_EQ(pipeline.use_count(), 1);  // the thread has ended and released the caller
  keeper.join();                       // joining twice is harmless
}

}  // namespace
}  // namespace alpaca::broker::workflows
