#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace alpaca::broker::base {

inline constexpr std::int64_t kSecondsPerDay = 86'400;

/// The last second since 1970 that is accepted. It lies in 2255; system_clock counts nanoseconds and ends in 2262.
inline constexpr std::int64_t kLastSecond = 9'000'000'000;

/// A day of the Gregorian calendar.
struct Date {
  int year;
  int month;
  int day;
};

constexpr bool isLeap(int year) noexcept { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr int daysIn(int month, int year) noexcept {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && isLeap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

/// Days since 1970-01-01.
///
/// The formula counts years from March, so that the leap day comes last. The months then follow one pattern: five
/// months have 153 days. In this count, 1970-01-01 is day 719,468 of year 0.
constexpr std::int64_t daysFromDate(const Date& date) noexcept {
  const std::int64_t year = date.month > 2 ? date.year : date.year - 1;
  const std::int64_t month = (date.month + 9) % 12;
  return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + date.day - 1 - 719'468;
}

constexpr Date dateFromDays(std::int64_t days) noexcept {
  const std::int64_t day = days + 719'468;
  std::int64_t year = day * 400 / 146'097 + 1;  // an estimate that is never too early
  const auto firstDayOf = [](std::int64_t y) { return y * 365 + y / 4 - y / 100 + y / 400; };
  while (firstDayOf(year) > day) --year;
  const std::int64_t dayOfYear = day - firstDayOf(year);
  const std::int64_t month = (dayOfYear * 5 + 2) / 153;
  const std::int64_t dayOfMonth = dayOfYear - (month * 153 + 2) / 5 + 1;
  return {static_cast<int>(month < 10 ? year : year + 1), static_cast<int>(month < 10 ? month + 3 : month - 9),
          static_cast<int>(dayOfMonth)};
}

}  // namespace alpaca::broker::base
