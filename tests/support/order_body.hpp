#pragma once

#include <string>

namespace alpaca::broker::test {

/// The broker's JSON for an order, with the fields that a result needs. `more` adds fields, each after a comma.
inline std::string orderBody(const std::string& status, const std::string& id = "one", const std::string& more = {}) {
  return R"({"id":")" + id + R"(","symbol":"AAPL","status":")" + status + '"' + more + "}";
}

}  // namespace alpaca::broker::test
