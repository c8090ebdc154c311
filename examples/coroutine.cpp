// An event loop without callbacks, in C++20, against a mock broker. A coroutine reads like a blocking program, but
// blocks no thread. It continues on the loop's thread.
#include "event_loop.hpp"
#include "program.hpp"

#include <alpaca/broker.hpp>
#include <alpaca/broker/coroutine.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include <coroutine>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

namespace broker = alpaca::broker;

namespace {

// The smallest coroutine type: it starts when it is called, and nothing awaits it. Your framework has its own.
struct Routine {
  struct promise_type {  // NOLINTBEGIN(readability-convert-member-functions-to-static): called on an object
    Routine get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { std::terminate(); }
  };  // NOLINTEND(readability-convert-member-functions-to-static)
};

// Cancels one order after the other, until one can no longer be canceled.
Routine getOut(EventLoop& loop, broker::BrokerClient& client, broker::AccountId account,
               std::vector<broker::OrderId> orders) {
  const auto onLoop = [&loop](std::function<void()> resume) { loop.post(std::move(resume)); };
  for (const broker::OrderId& order : orders) {
    const auto result = co_await broker::coroutine::cancelOrder(client, account, order, {}, onLoop);
    std::cout << order.str() << ": " << (result ? "cancel accepted" : std::string(toString(result.error().kind)))
              << '\n';
    if (!result) break;
  }
  loop.stop();
}

}  // namespace

int main() try {
  beginProgram();
  const auto account = broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  broker::testing::MockBroker mock;
  std::vector<broker::OrderId> orders;
  for (const char* status : {"new", "partially_filled", "filled", "accepted"}) {
    orders.push_back(broker::OrderId::parse(std::string("order-") + status).value());
    mock.addOrder(account, orders.back(), status);
  }

  EventLoop loop;  // before the client, which posts resumptions here
  broker::BrokerClient client{mock.credentials(), mock.clientOptions()};
  loop.post([&] { getOut(loop, client, account, orders); });
  loop.run();
  return finish(0);
} catch (const std::exception& failure) {
  std::cerr << failure.what() << '\n';
  return 1;
}
