// Asio's loop in C++20, against a mock broker. A coroutine reads like a blocking program, but blocks no thread. Asio's
// own cancellation ends its wait for a silent broker.
#include "../program.hpp"

#include <alpaca/broker.hpp>
#include <alpaca/broker/asio.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include <asio/awaitable.hpp>
#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <exception>
#include <iostream>
#include <string>
#include <vector>

namespace broker = alpaca::broker;
using CancelResult = broker::Result<broker::CancelAccepted>;
using broker::testing::MockBroker;
using broker::testing::MockFault;
using broker::testing::ReceivedRequest;

namespace {

// Cancels one order after the other, until one can no longer be canceled.
asio::awaitable<void> getOut(broker::BrokerClient& client, broker::AccountId account,
                             std::vector<broker::OrderId> orders) {
  const auto loop = co_await asio::this_coro::executor;
  for (const broker::OrderId& order : orders) {
    const CancelResult result = co_await broker::asyncCancelOrder(loop, client, account, order, asio::use_awaitable);
    std::cout << order.str() << ": " << (result ? "cancel accepted" : std::string(toString(result.error().kind)))
              << std::endl;
    if (!result) break;
  }
}

}  // namespace

int main() try {
  beginProgram();
  const auto account = broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  asio::io_context loop;  // declared before the mock and the client: their threads post here until they end
  MockBroker mock;
  std::vector<broker::OrderId> orders;
  for (const char* status : {"new", "partially_filled", "filled", "accepted"}) {
    orders.push_back(broker::OrderId::parse(std::string("order-") + status).value());
    mock.addOrder(account, orders.back(), status);
  }

  broker::BrokerClient client{mock.credentials(), mock.clientOptions()};
  asio::co_spawn(loop, getOut(client, account, orders), asio::detached);
  loop.run();

  // A broker that does not answer, and an app that stops waiting once the request has arrived.
  asio::cancellation_signal enough;
  mock.failNext(MockFault::Stall);
  mock.onRequest(
      [&](const ReceivedRequest&) { asio::post(loop, [&enough] { enough.emit(asio::cancellation_type::terminal); }); });
  asio::co_spawn(loop, getOut(client, account, {orders.back()}),
                 asio::bind_cancellation_slot(enough.slot(), asio::detached));
  loop.restart();
  loop.run();
  return finish(0);
} catch (const std::exception& failure) {
  std::cerr << failure.what() << '\n';
  return 1;
}
