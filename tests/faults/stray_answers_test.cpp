// Bytes that could be mistaken for the answer to a request that they do not belong to. The server's own record says
// what it did with each request.
#include "faults/scenario.hpp"
#include "http/connection.hpp"
#include "support/eventually.hpp"
#include "support/ids.hpp"
#include "support/options.hpp"
#include "support/row_name.hpp"
#include "support/scripted_server.hpp"
#include "testing/temporary_file.hpp"

#include <alpaca/broker.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <thread>

namespace alpaca::broker {
namespace {

using test::account;
using test::kAccepted;
using test::order;
using test::Peer;
using test::ScriptedServer;
using test::TlsScript;
using test::Verdict;
using namespace std::chrono_literals;

const Credentials kCredentials{"guard-api-key", "guard-api-secret"};

// --- after an answer whose end is ambiguous --------------------------------------------------------------------------

struct BodyRow {
  std::string name;
  std::string answer;              // the first answer, up to its last header line
  std::chrono::microseconds late;  // delay of the bytes after it
};

std::ostream& operator<<(std::ostream& out, const BodyRow& row) { return out << row.name; }

class UncertainEnd : public ::testing::TestWithParam<BodyRow> {
 protected:
  // The first cancel is accepted. The bytes after its answer look like another acceptance. The second cancel is
  // refused, whichever connection it arrives on.
  static void cancelTwice() {
    const auto refuse = [](Peer& peer) {
      if (peer.readRequest().empty()) return;
      peer.judge(Verdict::Refused);
      peer.send(test::response("422 Unprocessable Entity"));
    };
    ScriptedServer server({[&](Peer& peer) {
                             if (peer.readRequest().empty()) return;
                             peer.judge(Verdict::Accepted);
                             peer.send(GetParam().answer + "\r\n");
                             std::this_thread::sleep_for(GetParam().late);
                             peer.send(kAccepted);
                             refuse(peer);
                           },
                           refuse});
    BrokerClient client{kCredentials, test::oneAttemptAt(server.url())};
    const auto first = client.cancelOrder(account(), order("first"));
    EXPECT_TRUE(first) << first.error().message;
    const auto second = client.cancelOrder(account(), order("second"));
    ASSERT_FALSE(second) << "a refused cancel was reported as accepted";
    EXPECT_EQ(second.error().kind, ErrorKind::NotCancelable) << second.error().message;
    EXPECT_FALSE(second.error().maybeApplied);
    EXPECT_EQ(server.connections(), 2);
  }
};

TEST_P(UncertainEnd, OfAnAnswerLeavesNothingForTheNextRequest) {
  for (int run = 0; run < 5; ++run) cancelTwice();
}

const std::string k204 = "HTTP/1.1 204 No Content\r\n";

INSTANTIATE_TEST_SUITE_P(All, UncertainEnd,
                         ::testing::Values(BodyRow{"LengthAtOnce", k204 + "Content-Length: 5\r\n", 0us},
                                           BodyRow{"LengthLate", k204 + "Content-Length: 5\r\n", 500us},
                                           BodyRow{"LengthLater", k204 + "Content-Length: 5\r\n", 1ms},
                                           BodyRow{"ChunksAtOnce", k204 + "Transfer-Encoding: chunked\r\n", 0us},
                                           BodyRow{"ChunksLate", k204 + "Transfer-Encoding: chunked\r\n", 500us}),
                         test::kByName);

// --- sent before the request arrived ---------------------------------------------------------------------------------

class AnswerBeforeTheRequest : public ::testing::TestWithParam<bool> {
 protected:
  static http::Limits limits() { return {std::chrono::steady_clock::now() + 5s, 2s}; }
};

// Uses a connection directly: the pool would check it first and usually see the bytes. The case here is an answer that
// arrives between that check and the request.
TEST_P(AnswerBeforeTheRequest, IsNotBelieved) {
  constexpr const char* kTarget = "/v1/trading/accounts/b9b19618-22dd-4e80-8432-fc9e1ba0b27d/orders/a";
  constexpr int kExchanges = 4;  // the kernel acknowledges the first segments of a connection at once
  std::promise<void> answered;
  std::promise<void> pushed;
  std::promise<void> results;
  ScriptedServer server({[&](Peer& peer) {
                          for (int i = 0; i < kExchanges; ++i) peer.answer(kAccepted);
                          answered.get_future().wait();
                          peer.send(kAccepted);
                          pushed.set_value();
                          results.get_future().wait();
                        }},
                        GetParam() ? std::optional<TlsScript>(TlsScript{}) : std::nullopt);
  const testing::TemporaryFile ca(server.certificate());
  http::ConnectionSettings settings{server.url()};
  settings.plainHttpAllowed = true;
  settings.caFile = GetParam() ? ca.path() : "";
  http::Connection connection{settings};
  for (int i = 0; i < kExchanges; ++i) EXPECT_TRUE(connection.run({"DELETE", kTarget}, limits()).response);
  answered.set_value();
  pushed.get_future().wait();
  EXPECT_TRUE(test::eventually([&] { return !connection.isReusable(); }));
  const http::Exchange second = connection.run({"DELETE", kTarget}, limits());
  results.set_value();
  EXPECT_FALSE(second.response);
  EXPECT_EQ(second.failure, http::Failure::UnsolicitedAnswer);
  EXPECT_EQ(second.sends, 1);
  EXPECT_TRUE(connection.failed());
}

INSTANTIATE_TEST_SUITE_P(Over, AnswerBeforeTheRequest, ::testing::Bool(),
                         [](const auto& row) { return row.param ? "Tls" : "PlainHttp"; });

}  // namespace
}  // namespace alpaca::broker
