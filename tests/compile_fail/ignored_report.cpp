#include <alpaca/broker.hpp>

namespace broker = alpaca::broker;

void ignoredReport(const broker::BrokerClient& client, const broker::AccountId& account) {
  client.killSwitch({account}).value();
}
