#include "call/rate_limit_headers.hpp"

#include "base/ascii.hpp"
#include "base/calendar.hpp"
#include "http/date.hpp"
#include "model/timestamp.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>

namespace alpaca::broker::call {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::system_clock;
using TimePoint = system_clock::time_point;

constexpr milliseconds kYear = std::chrono::hours(24 * 365);
constexpr milliseconds kDay = std::chrono::hours(24);
constexpr std::int64_t kFirstUnixSecond = 1'000'000'000;  // in 2001: a smaller number is no current time
constexpr std::int64_t kFirstUnixMillisecond = kFirstUnixSecond * 1000;
constexpr std::int64_t kLastUnixMillisecond = base::kLastSecond * 1000;

std::size_t countDigits(std::string_view text) noexcept {
  std::size_t count = 0;
  while (count < text.size() && base::isDigit(text[count])) ++count;
  return count;
}

std::optional<int> wholeNumber(HeaderValue text) noexcept {
  int number = 0;
  if (!text || countDigits(*text) != text->size()) return std::nullopt;
  const bool isReadable = std::from_chars(text->data(), text->data() + text->size(), number).ec == std::errc{};
  return isReadable ? std::optional<int>(number) : std::nullopt;
}

// Reads a decimal number of seconds, as milliseconds, rounded up. A number that is too large becomes the maximum.
std::optional<std::int64_t> countOf(std::string_view text) noexcept {
  constexpr std::size_t kDecimals = 3;
  constexpr std::int64_t kThousand = 1000;
  const std::size_t digits = countDigits(text);
  const std::string_view rest = text.substr(digits);
  const std::string_view fraction = rest.substr(std::min<std::size_t>(1, rest.size()));
  const bool hasFraction = !fraction.empty() && rest.front() == '.' && countDigits(fraction) == fraction.size();
  if (digits == 0 || !(rest.empty() || hasFraction)) return std::nullopt;
  std::int64_t number = 0;
  const bool fits = std::from_chars(text.data(), text.data() + digits, number).ec == std::errc{};
  if (!fits || number >= INT64_MAX / kThousand) return INT64_MAX;
  number *= kThousand;
  std::int64_t unit = kThousand / 10;
  for (const char digit : fraction.substr(0, kDecimals)) {
    number += (digit - '0') * unit;
    unit /= 10;
  }
  const bool isMore = fraction.find_first_not_of('0', kDecimals) != std::string_view::npos;
  return number + (isMore ? 1 : 0);
}

TimePoint fromUnix(std::int64_t count) noexcept { return TimePoint(milliseconds(count)); }

std::optional<TimePoint> ofTheseDays(TimePoint moment) noexcept {
  return moment.time_since_epoch() >= seconds(kFirstUnixSecond) ? std::optional<TimePoint>(moment) : std::nullopt;
}

// Reads a moment. Current Unix times have 13 digits in milliseconds and 10 in seconds; a wait has few. A number in
// between is ambiguous.
std::optional<TimePoint> momentOf(std::string_view text, TimePoint now) noexcept {
  const auto number = countOf(text);
  if (number) {
    if (*number <= kDay.count()) return now + milliseconds(*number);
    if (*number >= kFirstUnixMillisecond && *number <= kLastUnixMillisecond) return fromUnix(*number);
    const std::int64_t asMilliseconds = *number / 1000;
    const bool isWhole = text.find('.') == std::string_view::npos;
    const bool isUnix = asMilliseconds >= kFirstUnixMillisecond && asMilliseconds <= kLastUnixMillisecond;
    // guard: an ambiguous reset time is ignored
    return isWhole && isUnix ? std::optional<TimePoint>(fromUnix(asMilliseconds)) : std::nullopt;
  }
  if (const auto date = http::parseHttpDate(text)) return ofTheseDays(*date);
  const auto time = model::parseTimestamp(text);
  return time ? ofTheseDays(std::chrono::time_point_cast<system_clock::duration>(time->time)) : std::nullopt;
}

std::optional<TimePoint> momentOf(HeaderValue text, TimePoint now) noexcept {
  return text ? momentOf(*text, now) : std::nullopt;
}

std::optional<milliseconds> waitUntil(TimePoint moment, TimePoint now) noexcept {
  const auto wait = moment - now;
  if (wait < system_clock::duration::zero() || wait > kDay) return std::nullopt;
  return std::chrono::ceil<milliseconds>(wait);
}

// Returns the value of `name=` in a list of parameters.
HeaderValue parameter(std::string_view text, char separator, std::string_view name) noexcept {
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    const std::string_view part = base::trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const std::size_t equals = part.find('=');
    if (equals != std::string_view::npos && base::trimmed(part.substr(0, equals)) == name) {
      return base::trimmed(part.substr(equals + 1));
    }
  }
  return std::nullopt;
}

// An older draft of the standard appends policies to the number: "100, 100;w=60".
HeaderValue first(HeaderValue text) noexcept {
  if (text) return base::trimmed(text->substr(0, text->find_first_of(",;")));
  return std::nullopt;
}

bool isOne(HeaderValue list) noexcept { return list && list->find(',') == std::string_view::npos; }

RateLimitHeaders::Triple tripleIn(const RateLimitHeaders& headers) noexcept {
  if (!headers.item) return {};
  if (headers.item->find(';') == std::string_view::npos) {
    return {parameter(*headers.item, ',', "limit"), parameter(*headers.item, ',', "remaining"),
            parameter(*headers.item, ',', "reset")};
  }
  if (!isOne(headers.item) || !isOne(headers.policy) || first(headers.item) != first(headers.policy)) return {};
  return {parameter(*headers.policy, ';', "q"), parameter(*headers.item, ';', "r"), parameter(*headers.item, ';', "t")};
}

std::optional<RateLimit> read(const RateLimitHeaders::Triple& triple, TimePoint now) noexcept {
  const auto limit = wholeNumber(triple.limit);
  const auto remaining = wholeNumber(triple.remaining);
  const auto resetAt = momentOf(triple.reset, now);
  if (!limit || !remaining || !resetAt) return std::nullopt;
  return RateLimit{*limit, *remaining, *resetAt, waitUntil(*resetAt, now).value_or(milliseconds(0))};
}

}  // namespace

std::optional<RateLimit> readRateLimit(const RateLimitHeaders& headers, TimePoint now) {
  if (auto limit = read(headers.custom, now)) return limit;
  const RateLimitHeaders::Triple& ietf = headers.ietf;
  if (auto limit = read({first(ietf.limit), ietf.remaining, ietf.reset}, now)) return limit;
  return read(tripleIn(headers), now);
}

std::optional<milliseconds> readReset(const RateLimitHeaders& headers, TimePoint now) {
  for (const HeaderValue reset : {headers.custom.reset, headers.ietf.reset, tripleIn(headers).reset}) {
    if (const auto moment = momentOf(reset, now)) return waitUntil(*moment, now);
  }
  return std::nullopt;
}

std::optional<milliseconds> readSeconds(std::string_view text) noexcept {
  const auto count = countOf(text);
  // guard: a wait of more than a day is kept
  return count ? std::optional<milliseconds>(std::min(milliseconds(*count), kYear)) : std::nullopt;
}

}  // namespace alpaca::broker::call
