#include <alpaca/broker/testing/mock_broker.hpp>

#include "integration/mock_wire.hpp"
#include "support/ids.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

// Requests of clients in other languages, byte for byte. The mock broker must understand all of them.
namespace alpaca::broker {
namespace {

using test::account;
using test::order;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using testing::MockBroker;
using ::testing::Not;
using ::testing::StartsWith;

const std::string kOrders = "/v1/trading/accounts/" + account().str() + "/orders";
constexpr const char* kCredentials = "bW9jay1hcGkta2V5Om1vY2stYXBpLXNlY3JldA==";

struct ClientRow {
  const char* name;
  std::string line;    // the request line, without the version
  std::string fields;  // additional header fields, and the body
  int status;
};

class AnyClient : public ::testing::TestWithParam<ClientRow> {
 protected:
  AnyClient() { mock.addOrder(account(), order()); }

  std::string ask(const std::string& text) {
    const test::Wire wire(mock.port());
    wire.send(text);
    return wire.readToEnd();
  }

  MockBroker mock;
};

TEST_P(AnyClient, IsUnderstood) {
  const std::string rest = GetParam().fields.empty() ? "\r\n" : GetParam().fields;
  const std::string answer =
      ask(GetParam().line + " HTTP/1.1\r\nHost: mock\r\nConnection: close\r\nAuthorization: Basic " + kCredentials +
          "\r\n" + rest);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + std::to_string(GetParam().status) + " "));
  const bool hasBody = answer.find("Content-Length: 0") == std::string::npos && GetParam().status != 204;
  EXPECT_EQ(answer.find("Content-Type: application/json") != std::string::npos, hasBody);
}

INSTANTIATE_TEST_SUITE_P(
    MockBroker, AnyClient,
    ::testing::Values(
        ClientRow{"IdsInUpperCase",
                  "GET /v1/trading/accounts/3D0B0E65-35D3-4DCD-8DF7-10286EBB4B4B/orders/"
                  "61E69015-8549-4BFD-B9C3-01E75843F47D",
                  "", 200},
        ClientRow{"PercentEncodedPath", "GET /v1/trading/accounts/%33d0b0e65-35d3-4dcd-8df7-10286ebb4b4b/orders", "",
                  200},
        ClientRow{"WholeUrl", "GET http://127.0.0.1" + kOrders, "", 200},
        ClientRow{"PythonsTrue", "GET " + kOrders + "?nested=True", "", 200},
        ClientRow{"Head", "HEAD " + kOrders, "", 200}, ClientRow{"Options", "OPTIONS " + kOrders, "", 404},
        ClientRow{"CancelWithEmptyBody", "DELETE " + kOrders + "/" + order().str(), "Content-Length: 0\r\n\r\n", 204},
        ClientRow{"CancelWithJsonBody", "DELETE " + kOrders + "/" + order().str(),
                  "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", 204},
        ClientRow{"CancelWithChunks", "DELETE " + kOrders + "/" + order().str(),
                  "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 204},
        ClientRow{"OfferOfHttp2", "GET " + kOrders, "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n", 200},
        ClientRow{"TrailingSlashIsNotCancelAll", "DELETE " + kOrders + "/", "", 404},
        ClientRow{"MethodThatNobodyKnows", "CANCEL " + kOrders, "", 400}),
    test::kByName);

TEST_F(AnyClient, IsAnsweredAtOnceToAPostWithoutABody) {
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_THAT(test::ask(mock, "POST", kOrders), HasSubstr("endpoint not found"));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(4));  // cpp-httplib would wait for 5 s
}

TEST_F(AnyClient, GetsNoBodyToHead) {
  const std::string answer = test::ask(mock, "HEAD", kOrders);
  EXPECT_THAT(answer, AllOf(EndsWith("\r\n\r\n"), Not(HasSubstr("Content-Length: 0\r\n"))));
}

TEST_F(AnyClient, IsToldWhatHappenedInJsonEvenIfItSendsNoHttp) {
  const std::string answer = ask("CANCEL / HTTP/1.1\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr(R"({"code":40010000,"message":"the request is malformed"})"));
}

TEST_F(AnyClient, IsAskedForTheBodyItAnnounced) {
  const std::string fields = "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}";
  const std::string answer =
      ask("DELETE " + kOrders + "/" + order().str() +
          " HTTP/1.1\r\nHost: mock\r\nConnection: close\r\nAuthorization: basic " + kCredentials + "\r\n" + fields);
  EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 100 "), HasSubstr("HTTP/1.1 204 ")));
}

TEST_F(AnyClient, OfHttp10GetsTheEndOfTheConnection) {
  const std::string answer =
      ask("GET " + kOrders + " HTTP/1.0\r\nAuthorization: Basic " + std::string(kCredentials) + "\r\n\r\n");
  EXPECT_THAT(answer, AllOf(HasSubstr(" 200 "), EndsWith("]")));
}

TEST(MockBrokerTest, AnnouncesANumberOfRequestsThatEveryClientCanRead) {
  testing::MockBrokerOptions options;
  options.idleTimeout = std::chrono::seconds(1);
  const MockBroker mock(options);
  const test::Wire wire(mock.port());
  wire.send("GET /v1/clock HTTP/1.1\r\nHost: mock\r\n\r\n");
  EXPECT_THAT(wire.readToEnd(), HasSubstr("max=2147483647\r\n"));
}

}  // namespace
}  // namespace alpaca::broker
