#include "http/date.hpp"

#include "base/ascii.hpp"
#include "base/calendar.hpp"
#include "base/scanner.hpp"

#include <curl/curl.h>

#include <string>

namespace alpaca::broker::http {

namespace {

using SystemTime = std::chrono::system_clock::time_point;

constexpr std::size_t kMaxDate = 64;

// The form "Sun, 06 Nov 1994 08:49:37 GMT". Every answer has a Date in it, so parsing must be cheap.
std::optional<SystemTime> parseFixedDate(std::string_view text) noexcept {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  base::Scanner scanner(text);
  scanner.take(3);
  scanner.skip(',');
  scanner.skip(' ');
  const int day = scanner.number(2, 1, 31);
  scanner.skip(' ');
  const auto month = kMonths.find(scanner.take(3));
  scanner.skip(' ');
  const int year = scanner.number(4, 1970, 2254);
  scanner.skip(' ');
  int second = scanner.number(2, 0, 23) * 3600;
  scanner.skip(':');
  second += scanner.number(2, 0, 59) * 60;
  scanner.skip(':');
  second += scanner.number(2, 0, 59);
  const bool isFixed =
      scanner.take(4) == " GMT" && scanner.atEnd() && month != std::string_view::npos && month % 3 == 0;
  const int monthOfYear = static_cast<int>(month / 3) + 1;
  if (!isFixed || day > base::daysIn(monthOfYear, year)) return std::nullopt;
  return SystemTime(std::chrono::seconds(base::daysFromDate({year, monthOfYear, day}) * base::kSecondsPerDay + second));
}

}  // namespace

std::optional<SystemTime> parseHttpDate(std::string_view text) {
  // Every form of an HTTP date starts with the day's name. curl_getdate() would also accept mere numbers.
  if (text.empty() || text.size() > kMaxDate || base::isDigit(text.front()) || !base::isAlphanumeric(text.front())) {
    return std::nullopt;
  }
  if (const auto fixed = parseFixedDate(text)) return fixed;
  const time_t seconds = curl_getdate(std::string(text).c_str(), nullptr);
  if (seconds < 0 || seconds > base::kLastSecond) return std::nullopt;
  return std::chrono::system_clock::from_time_t(seconds);
}

}  // namespace alpaca::broker::http
