#include "core/response_facts.hpp"

#include "core/http_status.hpp"
#include "http/ascii.hpp"
#include "http/calendar.hpp"
#include "http/http_date.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace alpaca::broker::core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::system_clock;

constexpr std::size_t kLongestRequestId = 256;
constexpr seconds kLongestWait = std::chrono::hours(24);

template <class Number>
std::optional<Number> nonNegative(std::optional<std::string_view> text) noexcept {
  Number number{};
  if (!text || text->empty() || !http::isDigit(text->front())) return std::nullopt;
  const auto [end, fault] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (fault != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return number;
}

std::optional<system_clock::time_point> unixSeconds(std::optional<std::string_view> text) noexcept {
  const auto number = nonNegative<std::int64_t>(text);
  if (!number || *number > http::kLastSecond) return std::nullopt;
  return system_clock::time_point(seconds(*number));
}

std::optional<milliseconds> plausible(system_clock::duration wait) noexcept {
  if (wait < system_clock::duration::zero() || wait > kLongestWait) return std::nullopt;
  return std::chrono::ceil<milliseconds>(wait);
}

// The headers that are of interest, as they came; of several with one name the first.
struct KnownHeaders {
  explicit KnownHeaders(const http::HttpResponse& response) {
    response.headers.forEach([&](std::string_view name, std::string_view value) {
      std::optional<std::string_view>* const known = knownAs(name);
      if (known != nullptr && !*known) *known = value;
    });
  }

  std::optional<std::string_view>* knownAs(std::string_view name) noexcept {
    using http::equalIgnoringCase;
    if (equalIgnoringCase(name, "Date")) return &date;
    if (equalIgnoringCase(name, "X-Request-ID")) return &requestId;
    if (equalIgnoringCase(name, "X-RateLimit-Limit")) return &limit;
    if (equalIgnoringCase(name, "X-RateLimit-Remaining")) return &remaining;
    if (equalIgnoringCase(name, "X-RateLimit-Reset")) return &reset;
    if (equalIgnoringCase(name, "Retry-After")) return &retryAfter;
    return nullptr;
  }

  std::optional<std::string_view> date, requestId, limit, remaining, reset, retryAfter;
};

// By the broker's clock when it tells the time, so that a wrong local clock does not matter.
system_clock::time_point now(const KnownHeaders& headers, const http::HttpResponse& response) {
  const auto parsed = headers.date ? http::parseHttpDate(*headers.date) : std::nullopt;
  return parsed.value_or(response.receivedAt);
}

std::string requestId(const KnownHeaders& headers) {
  const auto id = headers.requestId;
  if (!id || id->size() > kLongestRequestId || !std::all_of(id->begin(), id->end(), http::isPrintable)) return {};
  return std::string(*id);
}

std::optional<RateLimit> rateLimit(const KnownHeaders& headers, const http::HttpResponse& response) {
  const auto limit = nonNegative<int>(headers.limit);
  const auto remaining = nonNegative<int>(headers.remaining);
  const auto resetAt = unixSeconds(headers.reset);
  if (!limit || !remaining || !resetAt) return std::nullopt;
  const auto wait = plausible(*resetAt - now(headers, response));
  return RateLimit{*limit, *remaining, *resetAt, wait.value_or(milliseconds(0))};
}

std::optional<milliseconds> retryAfter(const KnownHeaders& headers, const http::HttpResponse& response) {
  const auto header = headers.retryAfter;
  if (const auto wait = nonNegative<std::int64_t>(header); wait && *wait <= kLongestWait.count()) return seconds(*wait);
  if (header && !nonNegative<std::int64_t>(header)) {
    const auto date = http::parseHttpDate(*header);
    const auto wait = date ? plausible(*date - now(headers, response)) : std::nullopt;
    if (wait) return wait;
  }
  if (response.status != kTooManyRequests) return std::nullopt;
  const auto resetAt = unixSeconds(headers.reset);
  return resetAt ? plausible(*resetAt - now(headers, response)) : std::nullopt;
}

}  // namespace

ResponseFacts factsOf(const http::HttpResponse& response) {
  const KnownHeaders headers(response);
  return {requestId(headers), rateLimit(headers, response), retryAfter(headers, response)};
}

}  // namespace alpaca::broker::core
