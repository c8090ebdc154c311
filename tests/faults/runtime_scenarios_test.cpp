// Many calls at once, and calls ended from outside: by their stop handle, or by their client's destruction. At whatever
// stage they are, they return promptly and report what is known about the order.
#include "faults/adjustments.hpp"
#include "faults/call_on_thread.hpp"
#include "faults/full_backlog.hpp"
#include "faults/names.hpp"
#include "faults/patience.hpp"
#include "faults/scenario.hpp"
#include "support/row_name.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace alpaca::broker::test {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kPromptly = 500ms + kSlack;

// No time-out ends a call while a test looks at what else ends it.
void patient(ClientOptions& options) { options.deadline = options.attemptTimeout = options.connectTimeout = 20s; }

std::vector<ScriptedServer::Script> onEach(std::size_t connections, const Steps& steps) {
  std::vector<ScriptedServer::Script> scripts;
  scripts.assign(connections, play(steps));
  return scripts;
}

Result<CancelAccepted> expectPrompt(CallOnThread& call, Clock::time_point since) {
  auto result = call.result();
  EXPECT_LT(Clock::now() - since, kPromptly) << call.id();
  return result;
}

void expectAborted(const Result<CancelAccepted>& result) {
  ASSERT_FALSE(result);
  EXPECT_EQ(toString(result.error().kind), "Aborted") << result.error().message;
  EXPECT_EQ(result.error().call.sends, 0);
  EXPECT_FALSE(result.error().maybeApplied);
}

void expectInDoubt(const Result<CancelAccepted>& result) {
  ASSERT_FALSE(result);
  EXPECT_EQ(toString(result.error().kind), "InDoubt") << result.error().message;
  EXPECT_EQ(result.error().call.sends, 1);
  EXPECT_TRUE(result.error().maybeApplied);
}

// The broker refused, so nothing was applied. But the request was sent, and the result must not deny that.
void expectNoDoubt(const Result<CancelAccepted>& result) {
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().call.sends, 1);
  EXPECT_FALSE(result.error().maybeApplied);
}

// --- the stop handle -------------------------------------------------------------------------------------------------

// How far a call has come, as seen from outside.
struct Progress {
  const ScriptedServer& server;
  int lookups;
  int backoffs;
};

struct Stage {
  std::string name;
  Steps server;
  Adjust adjust;
  bool (*reached)(const Progress&);
  void (*expected)(const Result<CancelAccepted>&);
};

std::ostream& operator<<(std::ostream& out, const Stage& stage) { return out << stage.name; }

class Stop : public ::testing::TestWithParam<Stage> {};

TEST_P(Stop, EndsTheCallAtOnce) {
  const Stage& stage = GetParam();
  ScriptedServer server({play(stage.server)});
  const int lookupsBefore = blackHoleLookups();
  std::atomic<int> backoffs{0};
  ClientOptions options;
  options.baseUrl = server.url();
  options.observer = [&](const AttemptEvent& event) { backoffs += event.willRetry ? 1 : 0; };
  stage.adjust(options);
  BrokerClient client{scenarioCredentials(), options};
  StopSource source;
  CallOnThread call{client, "stopped", {{}, {}, {}, source.token()}};
  EXPECT_TRUE(eventually([&] { return stage.reached({server, blackHoleLookups() - lookupsBefore, backoffs}); }));
  EXPECT_TRUE(call.isBlocked());

  const auto stop = Clock::now();
  source.requestStop();
  const auto result = expectPrompt(call, stop);
  stage.expected(result);
  expectHonest(result, server.deliveriesOf("stopped"), options.deadline);
}

// Points the client to a socket that never answers. All tests share that socket.
void atFullBacklog(ClientOptions& options) {
  static const FullBacklog kBacklog;
  patient(options);
  options.baseUrl = kBacklog.url();
}

const auto kAtOnce = [](const Progress&) { return true; };
const auto kLookedUp = [](const Progress& progress) { return progress.lookups == 1; };
const auto kConnected = [](const Progress& progress) { return progress.server.connections() == 1; };
const auto kDelivered = [](const Progress& progress) { return progress.server.deliveries() == 1; };
const auto kBackingOff = [](const Progress& progress) { return progress.backoffs == 1; };

const std::string kBlackHoleUrl = std::string("https://") + kBlackHole;

INSTANTIATE_TEST_SUITE_P(
    While, Stop,
    ::testing::Values(
        Stage{"TheNameIsLookedUp", {}, at(kBlackHoleUrl, patient), kLookedUp, expectAborted},
        Stage{"Connecting", {}, atFullBacklog, kAtOnce, expectAborted},
        Stage{"InTheTlsHandshake", {receives(), stalls()}, overTls(patient), kConnected, expectAborted},
        Stage{"TheProxyIsSilent", {reads(), stalls()}, throughProxy(patient), kDelivered, expectAborted},
        Stage{"WaitingForTheAnswer", {reads(), stalls()}, patient, kDelivered, expectInDoubt},
        Stage{"TheAnswerIsCut", {reads(), sends("HTTP/1.1 20"), stalls()}, patient, kDelivered, expectInDoubt},
        Stage{"Dripping",
              {reads(), drips("HTTP/1.1 103 Early Hints\r\nLink: " + std::string(2'000, 'x'), 1ms)},
              patient,
              kDelivered,
              expectInDoubt},
        Stage{"BackingOffAfter503",
              {answers("503 Busy", {}, "Retry-After: 5\r\n"), stalls()},
              patient,
              kBackingOff,
              expectInDoubt},
        Stage{"BackingOffAfter429",
              {refuses("429 Slow", {}, "Retry-After: 5\r\n"), stalls()},
              patient,
              kBackingOff,
              expectNoDoubt}),
    kByName);

TEST(StopBeforeTheCall, SendsNothing) {
  ScriptedServer server({play({accepts()})});
  ClientOptions options;
  options.baseUrl = server.url();
  BrokerClient client{scenarioCredentials(), options};
  StopSource source;
  source.requestStop();
  const auto result = client.cancelOrder(account(), order("stopped"), {{}, {}, {}, source.token()});
  expectAborted(result);
  expectHonest(result, server.deliveriesOf("stopped"), options.deadline);
  EXPECT_EQ(server.connections(), 0);
  EXPECT_TRUE(client.cancelOrder(account(), order("other")));
}

TEST(StopOfAWaitingCall, LeavesTheOneOnTheWireAlone) {
  std::promise<void> stopped;
  ScriptedServer server({[&](Peer& peer) {
    peer.readRequest();
    stopped.get_future().wait();
    peer.judge(Verdict::Accepted);
    peer.send(kAccepted);
  }});
  ClientOptions options;
  options.baseUrl = server.url();
  options.maxConnections = 1;
  patient(options);
  BrokerClient client{scenarioCredentials(), options};
  CallOnThread onTheWire{client, "wire"};
  ASSERT_TRUE(eventually([&] { return server.deliveries() == 1; }));
  StopSource source;
  CallOnThread waiting{client, "waiting", {{}, {}, {}, source.token()}};
  EXPECT_TRUE(waiting.isBlocked());

  const auto stop = Clock::now();
  source.requestStop();
  expectAborted(expectPrompt(waiting, stop));
  stopped.set_value();
  EXPECT_TRUE(onTheWire.result());
  EXPECT_EQ(server.deliveries(), 1);
}

TEST(OneStopSource, EndsTwentyCalls) {
  constexpr std::size_t kOnTheWire = 16;
  ScriptedServer server(onEach(kOnTheWire, {reads(), stalls()}));
  ClientOptions options;
  options.baseUrl = server.url();
  patient(options);
  BrokerClient client{scenarioCredentials(), options};
  StopSource source;
  constexpr std::size_t kCalls = 20;
  std::vector<std::unique_ptr<CallOnThread>> calls;
  calls.reserve(kCalls);
  for (std::size_t i = 0; i < kCalls; ++i) {
    calls.push_back(
        std::make_unique<CallOnThread>(client, "call-" + std::to_string(i), CallOptions{{}, {}, {}, source.token()}));
  }
  EXPECT_TRUE(eventually([&] { return server.deliveries() == kOnTheWire; }));
  for (const auto& call : calls) EXPECT_TRUE(call->isBlocked());

  const auto stop = Clock::now();
  source.requestStop();
  std::size_t inDoubt = 0;
  for (const auto& call : calls) {
    const auto result = expectPrompt(*call, stop);
    expectHonest(result, server.deliveriesOf(call->id()), options.deadline);
    ASSERT_FALSE(result);
    inDoubt += result.error().kind == ErrorKind::InDoubt ? 1 : 0;
  }
  EXPECT_EQ(inDoubt, kOnTheWire);
}

// --- the end of the client -------------------------------------------------------------------------------------------

// The order's name selects what the server does.
void serveByName(Peer& peer) {
  for (std::string request = peer.readRequest(); !request.empty(); request = peer.readRequest()) {
    if (request.find("/orders/503-") != std::string::npos) {
      peer.send(response("503 Busy", {}, "Retry-After: 9\r\n"));
    } else if (request.find("/orders/429-") != std::string::npos) {
      peer.judge(Verdict::Refused);
      peer.send(response("429 Slow", {}, "Retry-After: 9\r\n"));
    }  // any other name: no answer
  }
}

TEST(EndOfTheClient, EndsSixteenCallsWhereverTheyAre) {
  constexpr int kConnections = 4;
  ScriptedServer server(std::vector<ScriptedServer::Script>(kConnections, serveByName));
  std::atomic<int> backoffs{0};
  ClientOptions options;
  options.baseUrl = server.url();
  options.maxConnections = kConnections;
  options.observer = [&](const AttemptEvent& event) { backoffs += event.willRetry ? 1 : 0; };
  patient(options);
  auto client = std::make_unique<BrokerClient>(scenarioCredentials(), options);
  std::vector<std::unique_ptr<CallOnThread>> calls;
  const auto begin = [&](const std::string& kind) {
    for (int i = 0; i < kConnections; ++i) {
      calls.push_back(std::make_unique<CallOnThread>(*client, kind + std::to_string(i)));
    }
  };
  begin("503-");
  begin("429-");
  ASSERT_TRUE(eventually([&] { return backoffs == 2 * kConnections; }));
  begin("silent-");
  ASSERT_TRUE(eventually([&] { return server.deliveries() == 3 * kConnections; }));
  begin("waiting-");
  for (const auto& call : calls) ASSERT_TRUE(call->isBlocked());  // so no call begins after the client's destruction

  const auto end = Clock::now();
  client.reset();
  for (const auto& call : calls) {
    const auto result = expectPrompt(*call, end);
    expectHonest(result, server.deliveriesOf(call->id()), options.deadline);
    switch (call->id().front()) {
      case '4':
        expectNoDoubt(result);
        break;
      case 'w':
        expectAborted(result);
        break;
      default:
        expectInDoubt(result);
    }
  }
}

// --- many at once ----------------------------------------------------------------------------------------------------

// Answers each request differently and at random, and records what it did.
class MoodyServer {
 public:
  static constexpr std::size_t kConnections = 20'000;  // most are not needed

  [[nodiscard]] std::string url() const { return server_.url(); }

  std::vector<Delivery> deliveriesOf(const std::string& id) {
    const std::lock_guard lock(mutex_);
    return deliveries_[id];
  }

 private:
  void serve(Peer& peer) {
    for (std::string request = peer.readRequest(); !request.empty(); request = peer.readRequest()) {
      const int mood = ++requests_ % 50;
      const Verdict verdict = mood < 25 ? Verdict::Accepted : mood < 45 ? Verdict::Refused : Verdict::Unknown;
      record(request, verdict);
      if (mood == 49) return;  // closes without an answer
      if (mood == 48) return peer.reset();
      peer.send(mood < 25 ? kAccepted : mood < 45 ? refusal_ : badGateway_);
    }
  }

  void record(const std::string& request, Verdict verdict) {
    constexpr std::string_view kBefore = "/orders/";
    const auto begin = request.find(kBefore) + kBefore.size();
    const std::lock_guard lock(mutex_);
    deliveries_[request.substr(begin, request.find(' ', begin) - begin)].push_back({{}, verdict});
  }

  const std::string refusal_ = response("422 No", R"({"code":42210000,"message":"order is already filled"})");
  const std::string badGateway_ = response("502 Bad Gateway", "<html>");
  std::atomic<int> requests_{0};
  std::mutex mutex_;
  std::unordered_map<std::string, std::vector<Delivery>> deliveries_;
  ScriptedServer server_{std::vector<ScriptedServer::Script>(kConnections, [this](Peer& peer) { serve(peer); })};
};

TEST(ThirtyTwoThreads, AreToldTheTruthInEveryCall) {
  constexpr int kThreads = 32;
  constexpr int kCalls = kSanitized ? 50 : 1'000;
  MoodyServer server;
  ClientOptions options;
  options.baseUrl = server.url();
  options.retry.backoffBase = options.retry.backoffCap = 1ms;
  patient(options);
  BrokerClient client{scenarioCredentials(), options};
  std::atomic<int> accepted{0};
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < kCalls; ++i) {
        const std::string id = std::to_string(thread) + "-" + std::to_string(i);
        const auto result = client.cancelOrder(account(), order(id));
        expectHonest(result, server.deliveriesOf(id), options.deadline);
        accepted += result ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GT(accepted, kThreads * kCalls / 3);
}

// --- the observer ----------------------------------------------------------------------------------------------------

class ObserverThat : public ::testing::TestWithParam<Scenario> {};

TEST_P(ObserverThat, ChangesNoResult) { run(GetParam()); }

Scenario observed(const std::string& name, const Observer& observer) {
  return {name,
          {{answers("503 Busy"), refuses("422 No"), accepts()}},
          {doubtful(ErrorKind::NotCancelable, 2), accepted()},
          [observer](ClientOptions& options) {
            threeAttempts(options);
            options.observer = observer;
          }};
}

INSTANTIATE_TEST_SUITE_P(
    All, ObserverThat,
    ::testing::Values(observed("Throws", [](const auto&) { throw std::runtime_error("the log is full"); }),
                      observed("ThrowsNoException", [](const auto&) { throw 42; }),
                      observed("BlocksFor200ms", [](const auto&) { std::this_thread::sleep_for(200ms); })),
    kByName);

}  // namespace
}  // namespace alpaca::broker::test
