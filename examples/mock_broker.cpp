// Serves a mock broker for clients in any language:
//   mock_broker [--port PORT] [--tls] [--cancels-take MILLISECONDS] [ACCOUNT_ID ORDER_ID STATUS]...
// Prints its address, then a line for each request. Runs until it is interrupted, its terminal is closed or its output
// cannot be written. Exit status: 0 interrupted, 2 usage or bad input, 6 the output cannot be written.
#include "program.hpp"
#include "whole_number.hpp"

#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include <chrono>
#include <csignal>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace broker = alpaca::broker;
using broker::printable;
using broker::testing::MockBroker;

namespace {

volatile std::sig_atomic_t interrupted = 0;

void interrupt(int /*signal*/) { interrupted = 1; }

struct Order {
  broker::AccountId account;
  broker::OrderId order;
  std::string status;
};

struct Arguments {
  broker::testing::MockBrokerOptions options;
  std::vector<Order> orders;
};

Arguments parse(const std::vector<std::string>& words) {
  Arguments arguments;
  for (std::size_t i = 0; i < words.size();) {
    if (words[i] == "--tls") {
      arguments.options.tls = true;
      i += 1;
    } else if (words[i] == "--port" && i + 1 < words.size()) {
      arguments.options.port = wholeNumber(words[i + 1]);
      i += 2;
    } else if (words[i] == "--cancels-take" && i + 1 < words.size()) {
      arguments.options.cancelTakes = std::chrono::milliseconds(wholeNumber(words[i + 1]));
      i += 2;
    } else if (i + 2 < words.size()) {
      arguments.orders.push_back(
          {broker::AccountId::parse(words[i]).value(), broker::OrderId::parse(words[i + 1]).value(), words[i + 2]});
      i += 3;
    } else {
      throw std::invalid_argument(
          "usage: mock_broker [--port PORT] [--tls] [--cancels-take MILLISECONDS] [ACCOUNT_ID ORDER_ID STATUS]...");
    }
  }
  return arguments;
}

void introduce(const MockBroker& mock) {
  std::cout << "url     " << mock.url() << "\nkey     " << mock.credentials().key() << "\nsecret  "
            << mock.credentials().secret() << '\n';
  if (!mock.caFile().empty()) std::cout << "ca      " << mock.caFile() << '\n';
  std::cout << "ready, requests follow" << std::endl;
}

void logRequests(const MockBroker& mock, std::size_t& logged) {
  const auto requests = mock.requests();
  for (; logged < requests.size(); ++logged) {
    std::cout << printable(requests[logged].method) << ' ' << printable(requests[logged].target) << ' '
              << requests[logged].status << std::endl;
  }
}

}  // namespace

int main(int argc, char** argv) try {
  beginProgram();
  std::signal(SIGINT, interrupt);  // before there is a CA file, which must not be left behind
  std::signal(SIGTERM, interrupt);
  if (std::signal(SIGHUP, interrupt) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);  // keeps the effect of nohup
  const Arguments arguments = parse({argv + 1, argv + argc});
  MockBroker mock{arguments.options};
  for (const Order& order : arguments.orders) mock.addOrder(order.account, order.order, order.status);
  introduce(mock);

  for (std::size_t logged = 0; interrupted == 0 && std::cout;) {
    logRequests(mock, logged);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return finish(0);
} catch (const std::exception& failure) {
  std::cerr << failure.what() << '\n';
  return 2;
}
