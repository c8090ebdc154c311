#include "memory/desk.hpp"

#include "memory/failing_allocations.hpp"
#include "support/clock_answers.hpp"
#include "support/ids.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <vector>

namespace alpaca::broker::test {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMaxConnections = 20'000;
constexpr const char* kHeaders =
    "X-Request-ID: 5c1ad4c5-2a2d-4f5e-9d4c-8b1b8f5d7a11\r\nX-RateLimit-Limit: 100000\r\n"
    "X-RateLimit-Remaining: 90000\r\nX-RateLimit-Reset: 4102444800\r\n";

// Contains nested containers: freeing such a tree may itself need memory.
std::string order(const std::string& id) {
  const std::string leg = R"({"id":"leg-of-the-order-)" + id + R"(","symbol":"AAPL","status":"canceled","legs":null})";
  return R"({"id":")" + id + R"(","client_order_id":"a client's order of that name","symbol":"AAPL",)" +
         R"("status":"canceled","submitted_at":"2026-05-01T09:28:00Z","tags":[["a"],{"b":["c"]}],"legs":[)" + leg +
         "," + leg + "]}";
}

std::string entry(const std::string& id, const std::string& status, const std::string& body) {
  return R"({"id":")" + id + R"(","status":)" + status + R"(,"body":)" + body + "}";
}

std::string answerTo(const std::string& request) {
  const std::string target = request.substr(0, request.find(" HTTP"));
  const auto lastWord = target.substr(target.rfind('/') + 1);
  if (target.find("/v1/clock") != std::string::npos) return response("200 OK", clockBody(), kHeaders);
  if (lastWord.rfind("orders?status=open", 0) == 0) return response("200 OK", "[]", kHeaders);
  if (lastWord.rfind("orders?", 0) == 0) {
    return response("200 OK", "[" + order("one-of-the-closed") + "," + order("other-of-the-closed") + "]", kHeaders);
  }
  if (lastWord == "orders") {
    const std::string refusal = R"({"code":42210000,"message":"order is already in \"filled\" state"})";
    return response("207 Multi-Status",
                    "[" + entry("one-of-the-closed", "200", order("one-of-the-closed")) + "," +
                        entry("other-of-the-closed", "422", refusal) + "]",
                    kHeaders);
  }
  return response("200 OK", order(lastWord), kHeaders);
}

void serve(Peer& peer) {
  for (;;) {
    const std::string request = peer.readRequest();
    if (request.empty()) return;
    peer.judge(Verdict::Accepted);
    const bool isCancelOfOne = request.rfind("DELETE", 0) == 0 && request.find("/orders/") != std::string::npos;
    if (!peer.send(isCancelOfOne ? "HTTP/1.1 204 No Content\r\n" + std::string(kHeaders) + "\r\n"
                                 : answerTo(request))) {
      return;
    }
  }
}

std::vector<ScriptedServer::Script> scripts() {
  ScriptedServer::onThread = &FailingAllocations::spareThisThread;
  return {kMaxConnections, &serve};
}

}  // namespace

Desk::Desk(bool tls)
    : server_(scripts(), tls ? std::optional<TlsScript>(TlsScript{}) : std::nullopt),
      certificate_(server_.certificate()) {
  options_.baseUrl = server_.url();
  if (tls) options_.tls.caFile = certificate_.path();
  options_.retry.maxAttempts = 2;
  options_.retry.backoffBase = 1ms;
  options_.retry.backoffCap = 1ms;
  options_.retry.budget = 1'000;
  options_.observer = [](const AttemptEvent&) {};
}

std::unique_ptr<BrokerClient> Desk::client() const {
  return std::make_unique<BrokerClient>(Credentials{"memory-api-key", "memory-api-secret"}, options_);
}

OrderId Desk::nextOrder() { return test::order("order-of-the-desk-" + std::to_string(++orders_)); }

void Desk::expectHonest(const OrderId& order, const Result<CancelAccepted>& result) const {
  const auto delivered = static_cast<int>(server_.deliveriesOf(order.str()).size());
  const CallInfo& call = result ? result.call() : result.error().call;
  EXPECT_LE(delivered, call.sends) << "more was sent than reported";
  if (result) {
    EXPECT_GT(delivered, 0) << "reported as accepted";
    return;
  }
  const Error& error = result.error();
  EXPECT_NE(error.message, "");
  EXPECT_TRUE(delivered == 0 || error.maybeApplied) << toString(error.kind) << ": " << error.message;
}

void Desk::expectNotSent(const OrderId& order) const {
  EXPECT_EQ(server_.deliveriesOf(order.str()).size(), 0U) << "the call threw, although it was sent";
}

void Desk::expectUsable(BrokerClient& client) {
  const OrderId order = nextOrder();
  const auto result = client.cancelOrder(account(), order);
  EXPECT_TRUE(result) << result.error().message;
}

}  // namespace alpaca::broker::test
