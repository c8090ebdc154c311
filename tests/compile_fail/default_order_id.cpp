#include <alpaca/broker.hpp>

namespace broker = alpaca::broker;

const broker::OrderId order;
