#include "call/response_headers.hpp"

#include "base/ascii.hpp"
#include "call/rate_limit_headers.hpp"
#include "http/date.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace alpaca::broker::call {
namespace {

using std::chrono::milliseconds;
using std::chrono::system_clock;

constexpr std::size_t kMaxRequestId = 256;
constexpr std::string_view kCut = "... (cut)";
constexpr system_clock::duration kMaxWait = std::chrono::hours(24 * 365);

// The interesting headers, unparsed. Of several with one name, the first counts.
struct KnownHeaders {
  explicit KnownHeaders(const http::HttpResponse& response) {
    response.headers.forEach([&](std::string_view name, std::string_view value) {
      HeaderValue* const known = knownAs(name);
      if (known != nullptr && !*known) *known = value;
    });
  }

  HeaderValue* knownAs(std::string_view name) noexcept {
    constexpr std::string_view kFirstLetters = "drx";  // first letters of the names below; most headers have others
    if (name.empty() || kFirstLetters.find(base::lowerCase(name.front())) == std::string_view::npos) return nullptr;
    struct Known {
      std::string_view name;
      HeaderValue* value;
    };
    const std::array<Known, 11> all{{
        {"Date", &date},
        {"X-Request-ID", &requestId},
        {"Retry-After", &retryAfter},
        {"X-RateLimit-Limit", &rate.custom.limit},
        {"X-RateLimit-Remaining", &rate.custom.remaining},
        {"X-RateLimit-Reset", &rate.custom.reset},
        {"RateLimit-Limit", &rate.ietf.limit},
        {"RateLimit-Remaining", &rate.ietf.remaining},
        {"RateLimit-Reset", &rate.ietf.reset},
        {"RateLimit", &rate.item},
        {"RateLimit-Policy", &rate.policy},
    }};
    const auto* const found = std::find_if(
        all.begin(), all.end(), [&](const Known& known) { return base::equalIgnoringCase(name, known.name); });
    return found == all.end() ? nullptr : found->value;
  }

  HeaderValue date, requestId, retryAfter;
  RateLimitHeaders rate;
};

// Accepts even a date far away: a client that is told to wait long must not retry at once.
std::optional<milliseconds> waitUntilDate(std::string_view text, system_clock::time_point now) {
  const auto date = http::parseHttpDate(text);
  if (!date || *date < now) return std::nullopt;
  return std::chrono::ceil<milliseconds>(std::min(*date - now, kMaxWait));
}

std::optional<milliseconds> retryAfter(const KnownHeaders& headers, int status, system_clock::time_point now) {
  if (headers.retryAfter) {
    if (const auto wait = readSeconds(*headers.retryAfter)) return wait;
    if (const auto wait = waitUntilDate(*headers.retryAfter, now)) return wait;
  }
  return status == kTooManyRequests ? readReset(headers.rate, now) : std::nullopt;
}

}  // namespace

ResponseHeaders readHeaders(const http::HttpResponse& response) {
  const KnownHeaders headers(response);
  // By the broker's clock if the response has a `Date`, so that a wrong local clock does no harm.
  const auto date = headers.date ? http::parseHttpDate(*headers.date) : std::nullopt;
  const system_clock::time_point now = date.value_or(response.receivedAt);
  return {std::string(headers.requestId.value_or("")), readRateLimit(headers.rate, now),
          retryAfter(headers, response.status, now)};
}

void makePrintable(std::string& requestId) {
  const bool isCut = requestId.size() > kMaxRequestId;
  if (isCut) requestId.resize(kMaxRequestId);
  for (char& c : requestId) {
    if (!base::isPrintable(c)) c = '?';
  }
  if (isCut) requestId.append(kCut);
}

}  // namespace alpaca::broker::call
