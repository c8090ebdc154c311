// Uses every public header in one program, together with a JSON library of its own. That library shares nothing but its
// name with the one inside the library.
#include <every_header.hpp>
#include <nlohmann/json.hpp>

#include "check.hpp"

static_assert(NLOHMANN_JSON_VERSION_MAJOR == 1, "the program's own, not the system's");

namespace broker = alpaca::broker;

int main() {
  const auto account = broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  const auto order = broker::OrderId::parse("904837e3-3b76-47ec-b432-046db621571b").value();

  broker::testing::MockBroker mock;
  mock.addOrder(account, order, "filled");
  broker::BrokerClient client{mock.credentials(), mock.clientOptions()};
  const auto result = client.cancelOrder(account, order);
  check(!result && result.error().kind == broker::ErrorKind::NotCancelable, "a filled order is not cancelable");
  check(result.error().brokerCode.has_value(), "the library reads the error's body with its own JSON parser");

  const auto own = nlohmann::json::parse(result.error().body);
  check(own.dump() == result.error().body, "the program's parser is the one it brought");
  check(own.type_name() == "the program's own", "and all of it");
}
