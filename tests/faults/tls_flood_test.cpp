// A server that sends TLS messages without end, instead of an answer.
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

// The flood is prepared in advance, so that it reaches the client faster than the client can read it.
class TlsFlood : public ::testing::TestWithParam<FloodRow> {
 protected:
  TlsFlood() {
    EXPECT_TRUE(client->cancelOrder(account(), order()));
    prepared.get_future().wait();
  }

  ClientOptions options() const {
    ClientOptions some = test::oneAttemptAt(server.url());
    some.tls.caFile = ca.path();
    some.deadline = 20s;
    return some;
  }

  std::promise<void> prepared;
  std::promise<void> flooding;
  ScriptedServer server{{[this](Peer& peer) {
                          peer.answer("HTTP/1.1 204 No Content\r\n\r\n");
                          const std::string flood = peer.prepare(GetParam().talk, 2s);
                          prepared.set_value();
                          peer.readRequest();
                          peer.sendRaw(std::string_view(flood).substr(0, flood.size() / 2));
                          flooding.set_value();
                          peer.sendRaw(std::string_view(flood).substr(flood.size() / 2));
                          peer.waitForClose();
                        }},
                        TlsScript{}};
  const testing::TemporaryFile ca{server.certificate()};
  std::unique_ptr<BrokerClient> client =
      std::make_unique<BrokerClient>(Credentials{"guard-api-key", "guard-api-secret"}, options());
};

TEST_P(TlsFlood, HoldsNoCallBeyondItsDeadline) {
  CallOptions call;
  call.deadline = 200ms;
  const auto result = client->cancelOrder(account(), order(), call);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::InDoubt) << result.error().message;
  EXPECT_LE(result.error().call.elapsed, 200ms + test::kSlack);
}

TEST_P(TlsFlood, DoesNotKeepTheClientFromEnding) {
  BrokerClient& shared = *client;
  auto call = std::async(std::launch::async, [&] { return shared.cancelOrder(account(), order()); });
  flooding.get_future().wait();
  const auto start = Clock::now();
  client.reset();
  EXPECT_FALSE(call.get());
  EXPECT_LE(Clock::now() - start, test::kSlack);
}

INSTANTIATE_TEST_SUITE_P(Of, TlsFlood,
                         ::testing::Values(FloodRow{"SessionTickets", &Peer::sendTicket},
                                           FloodRow{"KeyUpdates", &Peer::changeKeys}),
                         test::kByName);

}  // namespace
}  // namespace alpaca::broker
