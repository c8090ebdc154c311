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
  base::Date date;
  std::size_t weekday;  ///< 0: Sunday
  int hour;
  int minute;
  int second;
};

using Days = std::chrono::duration<std::int64_t, std::ratio<base::kSecondsPerDay>>;

CivilTime civil(WallTime time) {
  const auto whole = std::chrono::floor<seconds>(time.time_since_epoch());
  const auto day = std::chrono::floor<Days>(whole);
  const auto ofDay = static_cast<int>((whole - day).count());
  // The first day of 1970 was a Thursday.
  const auto weekday = static_cast<std::size_t>((day.count() % 7 + 7 + 4) % 7);
  return {base::dateFromDays(day.count()), weekday, ofDay / 3600, ofDay / 60 % 60, ofDay % 60};
}

Days daysSinceEpoch(Scanner& scanner) {
  constexpr int kFirstYear = 1970;
  constexpr int kLastYear = 2261;  // 64-bit nanoseconds since 1970 end in 2262
  const int year = scanner.number(4, kFirstYear, kLastYear);
  scanner.skip('-');
  const int month = scanner.number(2, 1, 12);
  scanner.skip('-');
  const int day = scanner.number(2, 1, scanner.ok() ? base::daysIn(month, year) : 0);
  return Days(scanner.ok() ? base::daysFromDate({year, month, day}) : 0);
}

seconds timeOfDay(Scanner& scanner) {
  seconds time = std::chrono::hours(scanner.number(2, 0, 23));
  scanner.skip(':');
  time += std::chrono::minutes(scanner.number(2, 0, 59));
  scanner.skip(':');
  return time + seconds(scanner.number(2, 0, 59));
}

seconds offset(Scanner& scanner) {
  const char sign = scanner.next();
  if (sign != '+' && sign != '-') {
    scanner.skip('z');
    return seconds(0);
  }
  scanner.skip(sign);
  const int hours = scanner.number(2, 0, 99);
  scanner.skip(':');
  const seconds ahead = std::chrono::hours(hours) + std::chrono::minutes(scanner.number(2, 0, 99));
  return sign == '+' ? ahead : -ahead;
}

}  // namespace

std::string rfc3339(WallTime time) {
  const auto [date, weekday, hour, minute, second] = civil(time);
  const nanoseconds fraction = time.time_since_epoch() - std::chrono::floor<seconds>(time.time_since_epoch());
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%09dZ", date.year, date.month, date.day, hour,
                minute, second, static_cast<int>(fraction.count()));
  return text.data();
}

Timestamp timestamp(WallTime time) { return {time, rfc3339(time)}; }

std::optional<WallTime> parseTime(std::string_view text) {
  Scanner scanner(text);
  nanoseconds time = daysSinceEpoch(scanner);
  if (!scanner.atEnd()) {
    scanner.skip(scanner.next() == ' ' ? ' ' : 't');
    time += timeOfDay(scanner);
    time += scanner.fraction();
    time -= offset(scanner);
  }
  if (!scanner.ok() || !scanner.atEnd()) return std::nullopt;
  return WallTime(time);
}

std::string httpDate(WallTime time) {
  // strftime() is unsuitable: it writes names in the language of the process.
  constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto [date, weekday, hour, minute, second] = civil(time);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays.at(weekday), date.day,
                kMonths.at(static_cast<std::size_t>(date.month - 1)), date.year, hour, minute, second);
  return text.data();
}

}  // namespace alpaca::broker::testing
