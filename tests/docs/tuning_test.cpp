// The code of docs/tuning.md.
#include "desk.hpp"

#include <atomic>
#include <chrono>

namespace {

class Tuning : public Desk {};

TEST_F(Tuning, BeginsWithWarmConnections) {
  const broker::WarmUpReport warm = client.warmUp(8).value();  // throws when the route or the credentials do not work
  for (const broker::Error& failure : warm.failures) report(failure);
  if (!warm.allWarm()) callSomebody();

  EXPECT_EQ(warm.warm, 8);
  EXPECT_TRUE(notes().empty());
}

TEST_F(Tuning, BeginsWithThreadsForAsynchronousCalls) {
  broker::WarmUpOptions withThreads;
  withThreads.asyncThreads = true;  // as many as connections
  if (!client.warmUp(8, withThreads).value().allWarm()) callSomebody();

  EXPECT_TRUE(notes().empty());
}

TEST_F(Tuning, KeepsThemWarm) {
  auto options = mock.clientOptions();

  options.keepWarm = {16, std::chrono::seconds(30)};  // 16 connections; none stays unused for longer than 30 s

  broker::BrokerClient client{mock.credentials(), options};
  EXPECT_TRUE(client.cancelOrder(account, order));
}

TEST_F(Tuning, CountsWhatWasCold) {
  auto options = mock.clientOptions();
  std::atomic<int> cold{0};

  options.observer = [&cold](const broker::AttemptEvent& attempt) {
    if (!attempt.connectionReused) ++cold;  // paid for DNS, TCP and TLS: see nameLookup, connect, tlsHandshake
  };

  broker::BrokerClient client{mock.credentials(), options};
  EXPECT_TRUE(client.cancelOrder(account, order));
  EXPECT_TRUE(client.getOrder(account, order));
  EXPECT_EQ(cold, 1);
}

}  // namespace
