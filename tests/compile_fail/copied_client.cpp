#include <alpaca/broker.hpp>

namespace broker = alpaca::broker;

void copiedClient(const broker::BrokerClient& client) { const broker::BrokerClient copy{client}; }
