#include "testing/answer.hpp"

namespace alpaca::broker::testing {

using nlohmann::json;

Answer jsonAnswer(int status, const json& body) {
  return {status, body.dump(-1, ' ', false, json::error_handler_t::replace), {}};
}

json errorJson(std::int64_t code, const std::string& message) { return {{"code", code}, {"message", message}}; }

Answer errorAnswer(int status, std::int64_t code, const std::string& message) {
  return jsonAnswer(status, errorJson(code, message));
}

Answer tooManyRequests(std::chrono::seconds retryAfter) {
  Answer answer = errorAnswer(429, 42910000, "rate limit exceeded");
  answer.headers.push_back({"Retry-After", std::to_string(retryAfter.count())});
  return answer;
}

}  // namespace alpaca::broker::testing
