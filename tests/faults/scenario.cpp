#include "faults/scenario.hpp"

#include "faults/patience.hpp"
#include "support/eventually.hpp"
#include "support/ids.hpp"
#include "testing/temporary_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace alpaca::broker::test {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kKey = "scenario-api-key";
constexpr const char* kSecret = "scenario-api-secret";
constexpr const char* kBasic = "c2NlbmFyaW8tYXBpLWtleTpzY2VuYXJpby1hcGktc2VjcmV0";

void expectNoCredential(const std::string& text) {
  for (const char* secret : {kKey, kSecret, kBasic}) EXPECT_THAT(text, Not(HasSubstr(secret)));
}

std::ptrdiff_t count(const std::vector<Delivery>& deliveries, Verdict verdict) {
  return std::count_if(deliveries.begin(), deliveries.end(), [&](const auto& one) { return one.verdict == verdict; });
}

}  // namespace

void expectEnding(const Shutdown& ending, const Result<CancelAccepted>& result) {
  const CallInfo& call = result ? result.call() : result.error().call;
  if (ending.orNotSent && !result && result.error().kind == ErrorKind::NotSent) {
    EXPECT_EQ(call.attempts, ending.attempts);
    return;  // expectHonest checks whether it is the truth
  }
  ASSERT_EQ(static_cast<bool>(result), !ending.kind) << (result ? "accepted" : result.error().message);
  EXPECT_EQ(call.attempts, ending.attempts);
  if (ending.orNotSent) {
    EXPECT_LE(call.sends, ending.sends);
  } else {
    EXPECT_EQ(call.sends, ending.sends);
  }
  if (result) return;
  EXPECT_EQ(toString(result.error().kind), toString(*ending.kind)) << result.error().message;
  EXPECT_EQ(result.error().maybeApplied, ending.maybeApplied) << result.error().message;
}

Credentials scenarioCredentials() { return {kKey, kSecret}; }

void oneAttempt(ClientOptions& options) {
  options.retry.maxAttempts = 1;
  options.deadline = 500ms;
}

void threeAttempts(ClientOptions& options) {
  options.retry.maxAttempts = 3;
  options.retry.backoffBase = options.retry.backoffCap = 5ms;
  // Loading the system's CA certificates can take 300 ms on a busy machine, and more than 1 s with a sanitizer.
  options.attemptTimeout = kSanitized ? 2s : 1s;
  options.deadline = kSanitized ? 12s : 6s;
}

void expectHonest(const Result<CancelAccepted>& result, const std::vector<Delivery>& deliveries,
                  milliseconds deadline) {
  const CallInfo& call = result ? result.call() : result.error().call;
  EXPECT_LE(static_cast<int>(deliveries.size()), call.sends);
  EXPECT_LE(call.elapsed, deadline + kSlack);
  expectNoCredential(call.requestId);
  if (result) {
    EXPECT_GE(count(deliveries, Verdict::Accepted), 1);
    return;
  }
  const Error& error = result.error();
  const bool claimsNothingSent =
      error.kind == ErrorKind::NotSent || error.kind == ErrorKind::Aborted || error.kind == ErrorKind::InvalidArgument;
  if (claimsNothingSent) {
    EXPECT_TRUE(deliveries.empty());
  }
  const bool mayHaveActed = static_cast<std::size_t>(count(deliveries, Verdict::Refused)) < deliveries.size();
  if (mayHaveActed) {
    EXPECT_TRUE(error.maybeApplied) << error.message;
  }
  for (const std::string& text : {error.message, error.brokerMessage, error.body}) expectNoCredential(text);
}

void run(const Scenario& scenario) {
  std::vector<ScriptedServer::Script> scripts;
  for (const Steps& steps : scenario.connections) scripts.push_back(play(steps));
  ScriptedServer server(std::move(scripts), scenario.tls);
  std::optional<testing::TemporaryFile> authority;
  ClientOptions options;
  options.baseUrl = server.url();
  if (scenario.tls) options.tls.caFile = authority.emplace(server.certificate()).path();
  scenario.adjust ? scenario.adjust(options) : oneAttempt(options);

  BrokerClient client{scenarioCredentials(), options};
  for (std::size_t i = 0; i < scenario.calls.size(); ++i) {
    SCOPED_TRACE("call " + std::to_string(i));
    // Whatever the server does after an answer must come before the next call, not during it.
    EXPECT_TRUE(eventually([&] { return server.isQuiet(); }));
    const std::string id = "call-" + std::to_string(i);
    const auto result = client.cancelOrder(account(), order(id));
    expectEnding(scenario.calls[i], result);
    expectHonest(result, server.deliveriesOf(id), options.deadline);
  }
}

void runWithoutServer(const ClientOptions& options, const Shutdown& ending) {
  BrokerClient client{scenarioCredentials(), options};
  const auto result = client.cancelOrder(account(), order());
  expectEnding(ending, result);
  expectHonest(result, {}, options.deadline);
}

}  // namespace alpaca::broker::test
