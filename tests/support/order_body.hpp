#pragma once

#include <string>

namespace alpaca::broker::test {

/// What the broker says of an order, as far as a result needs it; `more` holds further fields, a comma before each.
inline std::string orderBody(const std::string& status, const std::string& id = "one", const std::string& more = {}) {
  return R"({"id":")" + id + R"(","symbol":"AAPL","status":")" + status + '"' + more + "}";
}

}  // namespace alpaca::broker::test
