// Reloads, stops and kills nginx while eight threads cancel without a pause. Every cancel is accounted for.
#include "nginx/ledger.hpp"
#include "nginx/nginx_test.hpp"
#include "support/eventually.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <string>
#include <thread>

namespace alpaca::broker {
namespace {

using test::accepted;
using test::cancel;
using test::eventually;
using test::expectHonest;
using test::inDoubt;
using test::kNginxCredentials;
using test::NginxServer;
using test::optionsFor;
using test::Told;
using namespace std::chrono_literals;

constexpr int kThreads = 8;
constexpr int kTimes = 5;

// Delays each request by some milliseconds, so that nginx always has requests in flight.
constexpr const char* kUnhurried =
    "limit_req zone=desk burst=100;"
    "location /v1/ { error_page 405 = @accepted; } location @accepted { return 204; }";
constexpr const char* kDesk = "limit_req_zone $server_port zone=desk:64k rate=400r/s;";

// Threads that cancel one order after the other, each order once, until the object is destroyed.
class BusyDesk {
 public:
  explicit BusyDesk(BrokerClient& client) : client_(client) {
    for (std::size_t i = 0; i < told_.size(); ++i) threads_.emplace_back([this, i] { work(i); });
  }
  ~BusyDesk() { finish(); }
  BusyDesk(const BusyDesk&) = delete;
  BusyDesk& operator=(const BusyDesk&) = delete;

  // Waits until the client has succeeded several times: the broken connections are replaced.
  [[nodiscard]] bool getsAhead(int cancels = 50) const {
    const int before = accepted_;
    return eventually([&] { return accepted_ >= before + cancels; });
  }

  std::vector<Told> finish() {
    stopping_ = true;
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
    std::vector<Told> all;
    for (const auto& some : told_) all.insert(all.end(), some.begin(), some.end());
    return all;
  }

 private:
  void work(std::size_t thread) {
    for (int i = 0; !stopping_; ++i) {
      Told results = cancel(client_, std::to_string(thread) + "-" + std::to_string(i));
      if (!results.failure) ++accepted_;
      if (results.failure == ErrorKind::NotSent) std::this_thread::sleep_for(1ms);  // refused: do not retry at once
      told_[thread].push_back(std::move(results));
    }
  }

  BrokerClient& client_;
  std::atomic<bool> stopping_{false};
  std::atomic<int> accepted_{0};
  std::vector<std::vector<Told>> told_{kThreads};
  std::vector<std::thread> threads_;
};

// Runs with one attempt per call, and with the default number.
class NginxUpheaval : public test::WithNginx<::testing::TestWithParam<int>> {
 protected:
  // Repeats the disturbance while the desk is busy.
  template <class Disturbance>
  void disturb(const Disturbance& disturbance) {
    NginxServer nginx(kUnhurried, kDesk);
    BrokerClient client{kNginxCredentials, optionsFor(nginx, GetParam())};
    BusyDesk desk(client);
    for (int i = 0; i < kTimes; ++i) {
      ASSERT_TRUE(desk.getsAhead());
      disturbance(nginx);
    }
    ASSERT_TRUE(desk.getsAhead());
    results = desk.finish();
    nginx.stop(SIGQUIT);
    log = nginx.log();
    RecordProperty("cancels", static_cast<int>(results.size()));
    RecordProperty("accepted", static_cast<int>(accepted(results)));
    RecordProperty("inDoubt", static_cast<int>(inDoubt(results)));
    for (const Told& one : results) EXPECT_LE(one.sends, GetParam()) << one.order;
  }

  // Without an interrupted request the test shows nothing. Retries may have hidden all of them.
  void expectSomeCutShort() const {
    if (GetParam() == 1) {
      EXPECT_GT(inDoubt(results), 0U);
    }
  }

  std::vector<Told> results;
  std::vector<test::LoggedRequest> log;
};

// Workers that shut down finish their requests, but close idle connections, perhaps just when a cancel arrives.
TEST_P(NginxUpheaval, OfAReload) {
  disturb([](NginxServer& nginx) { nginx.reload(); });
  expectHonest(results, log);
  for (const Told& one : results) EXPECT_TRUE(!one.failure || one.maybeApplied) << one.order;
}

TEST_P(NginxUpheaval, OfAGracefulStop) {
  disturb([](NginxServer& nginx) {
    nginx.stop(SIGQUIT);
    nginx.start();
  });
  expectHonest(results, log);
}

TEST_P(NginxUpheaval, OfAFastStop) {
  disturb([](NginxServer& nginx) {
    nginx.stop(SIGTERM);
    nginx.start();
  });
  expectHonest(results, log);
  expectSomeCutShort();
}

// At each kill, every thread may have had one answer on its way whose log line was lost.
constexpr std::size_t kMaxLostLines = std::size_t{kThreads} * kTimes;

TEST_P(NginxUpheaval, OfKilledWorkers) {
  disturb([](NginxServer& nginx) { nginx.killWorkers(); });
  expectHonest(results, log, kMaxLostLines);
  expectSomeCutShort();
}

TEST_P(NginxUpheaval, OfACrash) {
  disturb([](NginxServer& nginx) {
    nginx.crash();
    nginx.start();
  });
  expectHonest(results, log, kMaxLostLines);
  expectSomeCutShort();
}

INSTANTIATE_TEST_SUITE_P(WithAttempts, NginxUpheaval, ::testing::Values(1, 3), ::testing::PrintToStringParamName());

}  // namespace
}  // namespace alpaca::broker
