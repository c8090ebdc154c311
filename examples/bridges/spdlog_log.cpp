// Cancels at a mock broker that misbehaves, and logs to the terminal or to a file: spdlog_log [FILE]
#include "../program.hpp"
#include "spdlog_observer.hpp"

#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <cstdio>
#include <exception>
#include <iostream>
#include <memory>
#include <string>

namespace broker = alpaca::broker;
using broker::testing::MockBroker;
using broker::testing::MockFault;

namespace {

constexpr std::size_t kLinesThatMayWait = 8'192;

spdlog::sink_ptr sinkFor(int argc, char** argv) {
  if (argc > 1) return std::make_shared<spdlog::sinks::basic_file_sink_mt>(argv[1]);
  return std::make_shared<spdlog::sinks::stdout_sink_mt>();
}

void cancelThroughFaults(MockBroker& mock, broker::BrokerClient& client, spdlog::logger& logger) {
  const auto account = broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  const auto cancel = [&](const std::string& id, const char* status) {
    const auto order = broker::OrderId::parse(id).value();
    mock.addOrder(account, order, status);
    logOutcome(logger, account, order, client.cancelOrder(account, order));
  };
  cancel("accepted-at-once", "new");
  mock.failNext(MockFault::BadGateway);
  cancel("accepted-after-a-502", "new");
  cancel("too-late", "filled");
  mock.failNext(MockFault::BadGatewayAfterActing);  // then 422, perhaps because the first attempt was applied
  cancel("refused-after-doubt", "new");
  for (int attempt = 0; attempt < 3; ++attempt) mock.failNext(MockFault::LostAnswer);
  cancel("never-answered", "new");
  mock.failNext(404, R"({"code":40410000,"message":"no \"order\"\nlevel=info forged=line"})");
  cancel("answered-with-a-forged-line", "new");
  mock.shutDown();
  cancel("nobody-there", "new");
}

}  // namespace

int main(int argc, char** argv) try {
  beginProgram();
  {
    const auto pool = std::make_shared<spdlog::details::thread_pool>(kLinesThatMayWait, 1);
    const auto logger = makeAsyncLogger("broker", sinkFor(argc, argv), pool);
    logger->set_level(spdlog::level::debug);  // info: only retries, refusals, doubt and outcomes
    MockBroker mock;
    broker::ClientOptions options = mock.clientOptions();
    options.observer = SpdlogObserver(logger);
    broker::BrokerClient client{mock.credentials(), options};
    cancelThroughFaults(mock, client, *logger);
    logger->info("done lines_lost={}", pool->overrun_counter());
  }  // the client ends before its logger, and the pool writes its queue before it ends
  if (std::ferror(stdout) != 0) std::cout.setstate(std::ios::failbit);  // spdlog does not use std::cout
  return finish(0);
} catch (const std::exception& failure) {
  std::cerr << failure.what() << '\n';
  return 1;
}
