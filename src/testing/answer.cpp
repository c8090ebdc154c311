#include "testing/answer.hpp"

#include "testing/order_json.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <utility>

namespace alpaca::broker::testing {

nlohmann::json errorJson(std::int64_t code, const std::string& message) {
  return {{"code", code}, {"message", message}};
}

Answer errorAnswer(int status, std::int64_t code, const std::string& message) {
  return {status, written(errorJson(code, message)), {}};
}

void addHeader(Answer& answer, const char* name, std::string value) {
  const auto same = [&](const Header& header) { return base::equalIgnoringCase(header.name, name); };
  if (std::any_of(answer.headers.begin(), answer.headers.end(), same)) return;
  answer.headers.push_back({name, std::move(value)});
}

}  // namespace alpaca::broker::testing
