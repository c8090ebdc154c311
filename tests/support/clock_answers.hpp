#pragma once

#include <string>

namespace alpaca::broker::test {

/// The broker's answer to GET /v1/clock at that second of a fixed minute.
inline std::string clockBody(const std::string& second = "00") {
  return R"({"timestamp":"2024-05-01T09:28:)" + second + R"(.5-04:00","is_open":false,)" +
         R"("next_open":"2024-05-01T09:30:00-04:00","next_close":"2024-05-01T16:00:00-04:00"})";
}

}  // namespace alpaca::broker::test
