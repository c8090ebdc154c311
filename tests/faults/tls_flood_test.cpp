// A server that has TLS itself talk without end, instead of answering.
#include "faults/patience.hpp"
#include "support/ids.hpp"
#include "support/options.hpp"
#include "support/row_name.hpp"
#include "support/scripted_server.hpp"
#include "testing/temporary_file.hpp"

#include <alpaca/broker.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <ostream>
#include <string>
#include <thread>

namespace alpaca::broker {
namespace {

using test::account;
using test::order;
using test::Peer;
using test::ScriptedServer;
using test::TlsScript;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

struct FloodRow {
  std::string name;
  bool (Peer::*talk)();
};

std::ostream& operator<<(std::ostream& out, const FloodRow& row) { return out << row.name; }

class TlsFlood : public ::testing::TestWithParam<FloodRow> {
 protected:
  ClientOptions options(std::chrono::milliseconds deadline) const {
    ClientOptions some = test::oneAttemptAt(server.url());
    some.tls.caFile = ca.path();
    some.deadline = deadline;
    return some;
  }

  std::promise<void> flooding;
  ScriptedServer server{{[this](Peer& peer) {
                          peer.readRequest();
                          flooding.set_value();
                          const auto end = Clock::now() + 8s;  // a client that never tires is to fail, not to hang
                          while (Clock::now() < end && (peer.*GetParam().talk)()) {
                          }
                        }},
                        TlsScript{}};
  const testing::TemporaryFile ca{server.certificate()};
};

TEST_P(TlsFlood, HoldsNoCallBeyondItsDeadline) {
  BrokerClient client{Credentials{"guard-api-key", "guard-api-secret"}, options(1s)};
  const auto result = client.cancelOrder(account(), order());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::InDoubt) << result.error().message;
  EXPECT_LE(result.error().call.elapsed, 1s + test::kSlack);
}

TEST_P(TlsFlood, DoesNotKeepTheClientFromEnding) {
  auto client = std::make_unique<BrokerClient>(Credentials{"guard-api-key", "guard-api-secret"}, options(20s));
  BrokerClient& shared = *client;
  auto call = std::async(std::launch::async, [&] { return shared.cancelOrder(account(), order()); });
  flooding.get_future().wait();
  std::this_thread::sleep_for(100ms);
  const auto start = Clock::now();
  client.reset();
  EXPECT_FALSE(call.get());
  EXPECT_LE(Clock::now() - start, 1s);
}

INSTANTIATE_TEST_SUITE_P(Of, TlsFlood,
                         ::testing::Values(FloodRow{"SessionTickets", &Peer::sendTicket},
                                           FloodRow{"KeyUpdates", &Peer::changeKeys}),
                         test::kByName);

}  // namespace
}  // namespace alpaca::broker
