// The answers that nginx gives by itself, and how it ends connections in normal operation.
#include "nginx/ledger.hpp"
#include "nginx/nginx_test.hpp"
#include "support/eventually.hpp"
#include "support/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>

namespace alpaca::broker {
namespace {

using test::accepted;
using test::account;
using test::cancel;
using test::eventually;
using test::expectHonest;
using test::kNginxCredentials;
using test::NginxServer;
using test::optionsFor;
using test::order;
using test::Told;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

class Nginx : public test::WithNginx<> {};

std::size_t connectionsIn(const std::vector<test::LoggedRequest>& log) {
  std::set<std::string> connections;
  for (const auto& request : log) connections.insert(request.connection);
  return connections.size();
}

std::vector<Told> cancelMany(BrokerClient& client, int count, const std::string& prefix = "order-") {
  std::vector<Told> results;
  results.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) results.push_back(cancel(client, prefix + std::to_string(i)));
  return results;
}

void expectAcceptedAtOnce(const std::vector<Told>& results) {
  for (const Told& one : results) {
    EXPECT_EQ(one.failure, std::nullopt) << one.order;
    EXPECT_EQ(one.sends, 1) << one.order;
  }
}

TEST_F(Nginx, AcceptsOverTlsOnOneConnection) {
  NginxServer nginx;
  BrokerClient client{kNginxCredentials, optionsFor(nginx)};
  const auto results = cancelMany(client, 50);
  nginx.stop(SIGQUIT);
  expectAcceptedAtOnce(results);
  expectHonest(results, nginx.log());
  EXPECT_EQ(nginx.log().size(), 50U);
  EXPECT_EQ(connectionsIn(nginx.log()), 1U);
}

TEST_F(Nginx, ALimitOfRequestsPerConnectionCostsNoCancel) {
  NginxServer nginx("keepalive_requests 5;");
  BrokerClient client{kNginxCredentials, optionsFor(nginx)};
  const auto results = cancelMany(client, 300);
  nginx.stop(SIGQUIT);
  expectAcceptedAtOnce(results);
  expectHonest(results, nginx.log());
  EXPECT_EQ(nginx.log().size(), 300U);
  EXPECT_EQ(connectionsIn(nginx.log()), 60U);
}

TEST_F(Nginx, ALimitOfRequestsPerConnectionCostsNoCancelOfManyThreads) {
  constexpr std::size_t kThreads = 4;
  NginxServer nginx("keepalive_requests 5;");
  BrokerClient client{kNginxCredentials, optionsFor(nginx)};
  std::vector<std::vector<Told>> results(kThreads);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] { results[i] = cancelMany(client, 100, std::to_string(i) + "-"); });
  }
  for (std::thread& thread : threads) thread.join();
  nginx.stop(SIGQUIT);
  std::vector<Told> all;
  for (const auto& some : results) all.insert(all.end(), some.begin(), some.end());
  expectAcceptedAtOnce(all);
  expectHonest(all, nginx.log());
  EXPECT_EQ(nginx.log().size(), 400U);
}

// Number of connections to this port that the server has closed and this machine's clients have not.
int closedByServer(int port) {
  std::ifstream table("/proc/net/tcp");
  std::ostringstream remote;
  remote << "0100007F:" << std::uppercase << std::hex << port;
  int count = 0;
  for (std::string line; std::getline(table, line);) {
    std::istringstream fields(line);
    std::string number;
    std::string local;
    std::string peer;
    std::string state;
    fields >> number >> local >> peer >> state;
    if (peer == remote.str() && state == "08") ++count;  // CLOSE_WAIT
  }
  return count;
}

TEST_F(Nginx, AnIdleConnectionThatRanOutOfTimeIsReplaced) {
  NginxServer nginx("keepalive_timeout 1s;");
  BrokerClient client{kNginxCredentials, optionsFor(nginx)};
  std::vector<Told> results{cancel(client, "first")};
  ASSERT_TRUE(eventually([&] { return closedByServer(nginx.port()) == 1; }));
  results.push_back(cancel(client, "second"));
  nginx.stop(SIGQUIT);
  expectAcceptedAtOnce(results);
  expectHonest(results, nginx.log());
  EXPECT_EQ(connectionsIn(nginx.log()), 2U);
}

// The pauses end around the moment when nginx closes the connection: a little before, at the same time, and after.
TEST_F(Nginx, ACancelThatMeetsTheIdleTimeOutIsAcceptedOrInDoubt) {
  NginxServer nginx("keepalive_timeout 10ms;");
  BrokerClient client{kNginxCredentials, optionsFor(nginx)};
  std::vector<Told> results;
  for (int i = 0; i < 200; ++i) {
    results.push_back(cancel(client, "order-" + std::to_string(i)));
    std::this_thread::sleep_for(9ms + std::chrono::microseconds(i * 10));
  }
  nginx.stop(SIGQUIT);
  expectHonest(results, nginx.log());
  RecordProperty("inDoubt", static_cast<int>(test::inDoubt(results)));
  for (const Told& one : results) {
    EXPECT_TRUE(!one.failure || one.failure == ErrorKind::InDoubt) << one.order;
  }
}

TEST_F(Nginx, AConnectionClosedWithoutAnAnswerLeavesTheCancelInDoubt) {
  NginxServer nginx("location ~ /silent { return 444; }");
  BrokerClient client{kNginxCredentials, optionsFor(nginx)};
  const std::vector<Told> results{cancel(client, "silent-on-a-new-connection"), cancel(client, "answered"),
                                  cancel(client, "silent-on-a-used-connection")};
  nginx.stop(SIGQUIT);
  expectHonest(results, nginx.log());
  EXPECT_EQ(nginx.log().size(), 3U);
  EXPECT_EQ(accepted(results), 1U);
  for (const Told& silent : {results.front(), results.back()}) {
    EXPECT_EQ(silent.failure, ErrorKind::InDoubt);
    EXPECT_TRUE(silent.maybeApplied);
    EXPECT_EQ(silent.sends, 1);
  }
}

// limit_req does not apply to `return`. So nginx first refuses a DELETE of a file, and then accepts it.
TEST_F(Nginx, ALimitedRateIsToldWithItsWait) {
  NginxServer nginx(
      "limit_req zone=desk; limit_req_status 429; add_header Retry-After $wait always;"
      "location /v1/ { error_page 405 = @accepted; } location @accepted { return 204; }",
      "limit_req_zone $server_port zone=desk:64k rate=1r/m; map $status $wait { 429 7; }");
  BrokerClient client{kNginxCredentials, optionsFor(nginx)};
  const auto first = client.cancelOrder(account(), order("first"));
  const auto second = client.cancelOrder(account(), order("second"));
  nginx.stop(SIGQUIT);
  EXPECT_TRUE(first) << first.error().message;
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::RateLimited);
  EXPECT_EQ(second.error().retryAfter, 7s);
  EXPECT_FALSE(second.error().maybeApplied);
  const auto log = nginx.log();
  ASSERT_EQ(log.size(), 2U);
  EXPECT_EQ(log.front().status, 204);
  EXPECT_EQ(log.back().status, 429);
}

// A port that stays taken and has no listener.
class DeadPort {
 public:
  DeadPort() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address_;
    const bool bound = ::bind(socket_, reinterpret_cast<sockaddr*>(&address_), size) == 0 &&
                       ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address_), &size) == 0;
    if (!bound) throw std::runtime_error("no port is free");
  }
  ~DeadPort() { ::close(socket_); }
  DeadPort(const DeadPort&) = delete;
  DeadPort& operator=(const DeadPort&) = delete;

  [[nodiscard]] std::string number() const { return std::to_string(ntohs(address_.sin_port)); }

 private:
  int socket_;
  sockaddr_in address_{};
};

TEST_F(Nginx, ABadGatewayIsAServerErrorThatMayHaveApplied) {
  const DeadPort upstream;
  NginxServer nginx("location /v1/ { proxy_pass http://127.0.0.1:" + upstream.number() + "; }");
  BrokerClient client{kNginxCredentials, optionsFor(nginx)};
  const auto result = client.cancelOrder(account(), order());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::ServerError);
  EXPECT_EQ(result.error().httpStatus, 502);
  EXPECT_TRUE(result.error().maybeApplied);
  EXPECT_THAT(result.error().body, HasSubstr("<title>502 Bad Gateway</title>"));
  EXPECT_EQ(result.error().brokerMessage, "");
  EXPECT_EQ(result.error().call.sends, 1);
}

TEST_F(Nginx, HeadersThatAreTooLargeAreABadRequest) {
  NginxServer nginx;
  ClientOptions options = optionsFor(nginx);
  // More than the 8 KiB that nginx takes, and few enough to be sent at once: it may answer a longer request before the
  // rest has arrived, and such an answer is not believed.
  options.extraHeaders = {{"X-Desk", std::string(10'000, 'x')}};
  BrokerClient client{kNginxCredentials, options};
  const auto result = client.cancelOrder(account(), order());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::BadRequest);
  EXPECT_FALSE(result.error().maybeApplied);
  EXPECT_THAT(result.error().body, HasSubstr("Too Large"));
}

TEST_F(Nginx, PlainHttpOnItsTlsPortIsABadRequest) {
  NginxServer nginx;
  ClientOptions options = optionsFor(nginx);
  options.baseUrl = "http://127.0.0.1:" + std::to_string(nginx.port());
  BrokerClient client{kNginxCredentials, options};
  const auto result = client.cancelOrder(account(), order());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::BadRequest);
  EXPECT_FALSE(result.error().maybeApplied);
}

TEST_F(Nginx, NothingIsSentWhileItIsDown) {
  NginxServer nginx;
  BrokerClient client{kNginxCredentials, optionsFor(nginx)};
  std::vector<Told> results{cancel(client, "before")};
  nginx.stop(SIGQUIT);
  results.push_back(cancel(client, "down"));
  nginx.start();
  results.push_back(cancel(client, "after"));
  nginx.stop(SIGQUIT);
  expectHonest(results, nginx.log());
  EXPECT_EQ(results[1].failure, ErrorKind::NotSent);
  EXPECT_EQ(accepted(results), 2U);
}

}  // namespace
}  // namespace alpaca::broker
