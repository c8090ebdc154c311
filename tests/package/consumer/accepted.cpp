// A cancel that the mock broker accepts.
#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "check.hpp"

namespace broker = alpaca::broker;

int main() {
  const auto account = broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  const auto order = broker::OrderId::parse("61e69015-8549-4bfd-b9c3-01e75843f47d").value();

  broker::testing::MockBroker mock;
  mock.addOrder(account, order, "new");
  broker::BrokerClient client{mock.credentials(), mock.clientOptions()};
  const auto result = client.cancelOrder(account, order);
  check(static_cast<bool>(result), "the cancel is accepted");
  check(result.call().sends == 1, "it was sent once");
  check(mock.orderStatus(account, order) == "pending_cancel", "the broker acts on it");

  // The words of open enums are part of a shared library, too.
  broker::OrderFilter buys;
  buys.side = broker::OrderSide::Buy;
  const auto open = client.listOrders(account, buys).value();
  check(open.size() == 1 && open[0].side.kind() == broker::OrderSide::Buy && open[0].side.str() == "buy",
        "the buy order is listed");
}
