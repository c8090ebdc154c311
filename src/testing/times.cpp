#include "testing/times.hpp"

#include "base/calendar.hpp"
#include "base/scanner.hpp"

#include <array>
#include <cstdio>

namespace alpaca::broker::testing {
namespace {

using base::Scanner;
using std::chrono::nanoseconds;
using std::chrono::seconds;

// A date and a time of day in UTC.
struct CivilTime {
  base::Date date{};
  int hour = 0;
  int minute = 0;
  int second = 0;
};

using Days = std::chrono::duration<std::int64_t, std::ratio<base::kSecondsPerDay>>;

CivilTime civil(WallTime time) {
  const auto whole = std::chrono::floor<seconds>(time.time_since_epoch());
  const auto day = std::chrono::floor<Days>(whole);
  const auto ofDay = static_cast<int>((whole - day).count());
  return {base::dateFromDays(day.count()), ofDay / 3600, ofDay / 60 % 60, ofDay % 60};
}

// Returns 0 for a Sunday. The first day of 1970 was a Thursday.
std::size_t weekday(WallTime time) {
  const auto day = std::chrono::floor<Days>(time.time_since_epoch()).count();
  return static_cast<std::size_t>((day % 7 + 7 + 4) % 7);
}

// Returns the seconds since 1970; nothing for a date or time that does not exist.
std::optional<seconds> sinceEpoch(const CivilTime& time) {
  constexpr int kFirstYear = 1970;
  constexpr int kLastYear = 2261;  // 64-bit nanoseconds since 1970 end in 2262
  const auto& [date, hour, minute, second] = time;
  if (date.year < kFirstYear || date.year > kLastYear || date.month < 1 || date.month > 12) return std::nullopt;
  const bool exists = date.day >= 1 && date.day <= base::daysIn(date.month, date.year) && hour < 24 && minute < 60;
  if (!exists || second > 59) return std::nullopt;
  return Days(base::daysFromDate(date)) + seconds(hour * 3600 + minute * 60 + second);
}

// Accepts any two digits: `sinceEpoch` rejects impossible times once all parts are known.
int twoDigits(Scanner& scanner) { return scanner.number(2, 0, 99); }

seconds offset(Scanner& scanner) {
  const char sign = scanner.next();
  if (sign != '+' && sign != '-') {
    scanner.skip('z');
    return seconds(0);
  }
  scanner.skip(sign);
  const int hours = twoDigits(scanner);
  scanner.skip(':');
  const seconds ahead = std::chrono::hours(hours) + std::chrono::minutes(twoDigits(scanner));
  return sign == '+' ? ahead : -ahead;
}

}  // namespace

Moment machineTime() { return {std::chrono::system_clock::now(), std::chrono::steady_clock::now()}; }

std::string rfc3339(WallTime time) {
  const auto [date, hour, minute, second] = civil(time);
  const nanoseconds fraction = time.time_since_epoch() - std::chrono::floor<seconds>(time.time_since_epoch());
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%09dZ", date.year, date.month, date.day, hour,
                minute, second, static_cast<int>(fraction.count()));
  return text.data();
}

Timestamp timestamp(WallTime time) { return {time, rfc3339(time)}; }

std::optional<WallTime> parseTime(std::string_view text) {
  Scanner scanner(text);
  CivilTime parts;
  parts.date.year = scanner.number(4, 0, 9999);
  scanner.skip('-');
  parts.date.month = twoDigits(scanner);
  scanner.skip('-');
  parts.date.day = twoDigits(scanner);
  nanoseconds beyond{0};
  if (!scanner.atEnd()) {
    scanner.skip(scanner.next() == ' ' ? ' ' : 't');
    parts.hour = twoDigits(scanner);
    scanner.skip(':');
    parts.minute = twoDigits(scanner);
    scanner.skip(':');
    parts.second = twoDigits(scanner);
    beyond = scanner.fraction();
    beyond -= offset(scanner);
  }
  const auto whole = sinceEpoch(parts);
  if (!scanner.ok() || !scanner.atEnd() || !whole) return std::nullopt;
  return WallTime(*whole + beyond);
}

std::string httpDate(WallTime time) {
  // strftime() is unsuitable: it writes names in the language of the process.
  constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto [date, hour, minute, second] = civil(time);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays.at(weekday(time)), date.day,
                kMonths.at(static_cast<std::size_t>(date.month - 1)), date.year, hour, minute, second);
  return text.data();
}

}  // namespace alpaca::broker::testing
