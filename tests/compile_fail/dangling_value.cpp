#include <alpaca/broker.hpp>

namespace broker = alpaca::broker;

void danglingValue() {
  const auto& text = broker::OrderId::parse("61e69015").value().str();
  static_cast<void>(text);
}
