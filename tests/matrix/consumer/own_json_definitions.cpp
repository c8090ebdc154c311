// A program that has the same nlohmann/json as the library, with other definitions: its own counting and throwing. The
// library must not use the program's copy, and the program must not use the library's.
namespace {
int programsOwn = 0;
}  // namespace

#define JSON_ASSERT(condition) (++programsOwn, static_cast<void>(condition))
#define JSON_THROW_USER(exception) (++programsOwn, throw exception)
#include <nlohmann/json.hpp>

#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include "check.hpp"

namespace broker = alpaca::broker;

int main() {
  const auto account = broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  const auto order = broker::OrderId::parse("904837e3-3b76-47ec-b432-046db621571b").value();
  broker::testing::MockBroker mock;
  mock.addOrder(account, order, "filled");
  broker::BrokerClient client{mock.credentials(), mock.clientOptions()};
  const auto result = client.cancelOrder(account, order);
  check(!result && result.error().brokerCode.has_value(), "the library reads the error's body");
  check(client.getOrder(account, order)->filledQty.str() == "10", "and an order");
  check(programsOwn == 0, "it does so with its own parser");

  check(nlohmann::json::parse(result.error().body).dump() == result.error().body, "the program reads it too");
  check(programsOwn > 0, "with the parser that it defined");
}
