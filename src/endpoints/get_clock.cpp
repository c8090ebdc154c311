#include "endpoints/get_clock.hpp"

#include "base/json_document.hpp"
#include "call/status_table.hpp"
#include "endpoints/reading.hpp"
#include "model/timestamp.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <utility>

namespace alpaca::broker::endpoints::get_clock {

namespace {

using nlohmann::json;

std::optional<Timestamp> timestamp(const json& object, const char* name) {
  const std::string* const text = base::findText(object, name);
  return text == nullptr ? std::nullopt : model::parseTimestamp(*text);
}

std::optional<MarketClock> readClock(const json& object) {
  if (!object.is_object()) return std::nullopt;
  const auto isOpen = object.find("is_open");
  if (isOpen == object.end() || !isOpen->is_boolean()) return std::nullopt;
  auto now = timestamp(object, "timestamp");
  auto nextOpen = timestamp(object, "next_open");
  auto nextClose = timestamp(object, "next_close");
  if (!now || !nextOpen || !nextClose) return std::nullopt;
  return MarketClock{*std::move(now), isOpen->get<bool>(), *std::move(nextOpen), *std::move(nextClose)};
}

}  // namespace

call::RequestSpec request(std::chrono::steady_clock::time_point unusedSince) {
  return {
      "getClock", {"GET", "/v1/clock", http::kSmallBody, unusedSince}, "/v1/clock", call::Idempotency::ReadOnly, kOk};
}

Result<MarketClock> response(const http::HttpResponse& response) {
  if (response.status != kOk) return call::errorForStatus(response);
  const auto body = base::parseJson(response.body);
  auto clock = body ? readClock(*body) : std::nullopt;
  // guard: a warm-up accepts no page but the broker's
  if (!clock) return call::errorForStatus(response);
  return *std::move(clock);
}

std::string_view advice(const Error& error) noexcept {
  switch (error.kind) {
    case ErrorKind::Forbidden:
      return "Nothing was changed: check key and secret, that they belong to this environment, and their rights.";
    case ErrorKind::NotFound:
      return "Nothing was changed: check ClientOptions::baseUrl, because the Broker API is not at this address.";
    case ErrorKind::UnexpectedResponse:
      return "Nothing was changed, but the answer is not the broker's: check ClientOptions::baseUrl, the proxy, and "
             "whether this network wants a log-in.";
    default:
      return readAdvice(error);
  }
}

}  // namespace alpaca::broker::endpoints::get_clock
