#include "core/timestamp.hpp"

#include "http/ascii.hpp"

#include <array>
#include <cstdint>
#include <cstdio>

namespace alpaca::broker::core {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
constexpr int kFirstYear = 1678;
constexpr int kLastYear = 2261;
constexpr int kDigitsOfNanoseconds = 9;

// Division that rounds down before 1970, too.
constexpr std::int64_t floorOf(std::int64_t number, std::int64_t by) noexcept {
  return number / by - (number % by < 0 ? 1 : 0);
}
constexpr std::int64_t restOf(std::int64_t number, std::int64_t by) noexcept {
  return number % by + (number % by < 0 ? by : 0);
}

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

// Counts in years that begin in March, so that the leap day comes last and the months before it follow one pattern:
// 153 days for each five of them. 1970-01-01 is day 719,468 of the year 0 counted so.
constexpr std::int64_t daysFromDate(const Date& date) noexcept {
  const std::int64_t year = date.month > 2 ? date.year : date.year - 1;
  const std::int64_t month = (date.month + 9) % 12;
  return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + date.day - 1 - 719'468;
}

Date dateFromDays(std::int64_t days) noexcept {
  const std::int64_t day = days + 719'468;
  std::int64_t year = day * 400 / 146'097 + 1;  // close, and never too early
  const auto firstDayOf = [](std::int64_t y) { return y * 365 + y / 4 - y / 100 + y / 400; };
  while (firstDayOf(year) > day) --year;
  const std::int64_t dayOfYear = day - firstDayOf(year);
  const std::int64_t month = (dayOfYear * 5 + 2) / 153;
  const std::int64_t dayOfMonth = dayOfYear - (month * 153 + 2) / 5 + 1;
  return {static_cast<int>(month < 10 ? year : year + 1), static_cast<int>(month < 10 ? month + 3 : month - 9),
          static_cast<int>(dayOfMonth)};
}

// Takes a text apart from its front. What does not fit is remembered, so that it is asked about once.
class Scanner {
 public:
  explicit Scanner(std::string_view text) noexcept : rest_(text) {}

  [[nodiscard]] bool ok() const noexcept { return ok_; }
  [[nodiscard]] bool atEnd() const noexcept { return rest_.empty(); }
  [[nodiscard]] char next() const noexcept { return rest_.empty() ? '\0' : rest_.front(); }

  void skip(char expected) noexcept {
    ok_ = ok_ && http::lowerCase(next()) == expected;
    if (ok_) rest_.remove_prefix(1);
  }

  int number(std::size_t digits, int least, int most) noexcept {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) value = value * 10 + digit();
    ok_ = ok_ && value >= least && value <= most;
    return value;
  }

  int digit() noexcept {
    ok_ = ok_ && http::isDigit(next());
    if (!ok_) return 0;
    const int value = next() - '0';
    rest_.remove_prefix(1);
    return value;
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

nanoseconds fraction(Scanner& scanner) noexcept {
  if (scanner.next() != '.') return nanoseconds(0);
  scanner.skip('.');
  int value = scanner.digit();
  int digits = 1;
  for (; scanner.ok() && http::isDigit(scanner.next()); ++digits) {
    const int digit = scanner.digit();
    if (digits < kDigitsOfNanoseconds) value = value * 10 + digit;
  }
  for (; digits < kDigitsOfNanoseconds; ++digits) value *= 10;
  return nanoseconds(value);
}

seconds offset(Scanner& scanner) noexcept {
  const char sign = scanner.next();
  if (sign != '+' && sign != '-') {
    scanner.skip('z');
    return seconds(0);
  }
  scanner.skip(sign);
  const int hours = scanner.number(2, 0, 23);
  scanner.skip(':');
  const seconds ahead = std::chrono::hours(hours) + std::chrono::minutes(scanner.number(2, 0, 59));
  return sign == '+' ? ahead : -ahead;
}

seconds date(Scanner& scanner) noexcept {
  const int year = scanner.number(4, kFirstYear, kLastYear);
  scanner.skip('-');
  const int month = scanner.number(2, 1, 12);
  scanner.skip('-');
  const int day = scanner.number(2, 1, scanner.ok() ? daysIn(month, year) : 0);
  return seconds(scanner.ok() ? daysFromDate({year, month, day}) * kSecondsPerDay : 0);
}

}  // namespace

std::optional<Timestamp> parseTimestamp(std::string_view text) {
  Scanner scanner(text);
  seconds time = date(scanner);
  scanner.skip('t');
  time += std::chrono::hours(scanner.number(2, 0, 23));
  scanner.skip(':');
  time += std::chrono::minutes(scanner.number(2, 0, 59));
  scanner.skip(':');
  const int second = scanner.number(2, 0, 60);
  time += seconds(second);
  const nanoseconds part = fraction(scanner);
  time -= offset(scanner);
  if (!scanner.ok() || !scanner.atEnd()) return std::nullopt;
  // A leap second is the last one of a day in UTC.
  if (second == 60 && time.count() % kSecondsPerDay != 0) return std::nullopt;
  return Timestamp{Nanotime(time + part), std::string(text)};
}

std::string formatTimestamp(Nanotime time) {
  const std::int64_t count = time.time_since_epoch().count();
  const std::int64_t second = floorOf(count, kNanosecondsPerSecond);
  const Date day = dateFromDays(floorOf(second, kSecondsPerDay));
  const auto ofDay = static_cast<int>(restOf(second, kSecondsPerDay));
  std::array<char, 96> text{};
  static_cast<void>(std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%09dZ", day.year, day.month,
                                  day.day, ofDay / 3600, ofDay / 60 % 60, ofDay % 60,
                                  static_cast<int>(restOf(count, kNanosecondsPerSecond))));
  return text.data();
}

}  // namespace alpaca::broker::core
