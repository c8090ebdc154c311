#pragma once

#include <alpaca/broker/ids.hpp>

namespace alpaca::broker::test {

inline AccountId account() { return AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value(); }
inline OrderId order(std::string_view text = "61e69015-8549-4bfd-b9c3-01e75843f47d") {
  return OrderId::parse(text).value();
}
inline ClientOrderId clientOrder(std::string_view text = "mine") { return ClientOrderId::parse(text).value(); }

}  // namespace alpaca::broker::test
