// A cancel on the loop of an app that brings its own Asio.
#include <alpaca/broker/asio.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "check.hpp"

#include <asio/io_context.hpp>

namespace broker = alpaca::broker;

int main() {
  const auto account = broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  const auto order = broker::OrderId::parse("61e69015-8549-4bfd-b9c3-01e75843f47d").value();

  asio::io_context loop;
  broker::testing::MockBroker mock;
  mock.addOrder(account, order, "new");
  const auto filled = broker::OrderId::parse("filled").value();
  mock.addOrder(account, filled, "filled");
  const broker::BrokerClient client{mock.credentials(), mock.clientOptions()};
  int results = 0;
  broker::asyncCancelOrder(loop.get_executor(), client, account, order, [&](const auto& result) {
    check(static_cast<bool>(result), "the cancel is accepted");
    ++results;
  });
  broker::asyncCancelOrderAndConfirm(loop.get_executor(), client, account, filled, [&](const auto& result) {
    check(result->outcome == broker::CancelOutcome::Filled, "the order is followed to its end");
    ++results;
  });
  broker::asyncGetOrder(loop.get_executor(), client, account, order, [&](const auto& result) {
    check(result->id == order, "the order is read");
    ++results;
  });
  broker::asyncListOrders(loop.get_executor(), client, account, {}, [&](const auto& result) {
    check(result->size() == 1, "the order is listed");
    ++results;
  });
  loop.run();
  check(results == 4, "each call has one result");
}
