#include "model/timestamp.hpp"

#include "base/calendar.hpp"
#include "base/quotable.hpp"
#include "base/scanner.hpp"
#include "model/invalid_argument.hpp"

#include <alpaca/broker/order_filter.hpp>

#include <array>
#include <cstdint>
#include <cstdio>
#include <ratio>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

Result<UtcTime> parseUtcTime(std::string_view text) {
  if (const auto time = model::parseTimestamp(text)) return time->time;
  return model::invalidArgument(
      "The time", "is not a time of RFC 3339: \"" + base::quotable(text) + "\"",
      "YYYY-MM-DDThh:mm:ss with Z or an offset such as -04:00, of a day that exists, in the years 1678 "
      "to 2261; for instance 2021-03-16T18:38:01.942282Z");
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

namespace alpaca::broker::model {
namespace {

using base::kSecondsPerDay;
using base::Scanner;
using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr int kFirstYear = 1678;
constexpr int kLastYear = 2261;

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
  const int day = scanner.number(2, 1, scanner.ok() ? base::daysIn(month, year) : 0);
  return seconds(scanner.ok() ? base::daysFromDate({year, month, day}) * kSecondsPerDay : 0);
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
  const nanoseconds part = scanner.fraction();
  time -= offset(scanner);
  if (!scanner.ok() || !scanner.atEnd()) return std::nullopt;
  // A leap second is always the last second of a day in UTC.
  if (second == 60 && time.count() % kSecondsPerDay != 0) return std::nullopt;
  return Timestamp{Nanotime(time + part), std::string(text)};
}

std::string formatTimestamp(Nanotime time) {
  using Days = std::chrono::duration<std::int64_t, std::ratio<kSecondsPerDay>>;
  const auto second = std::chrono::floor<seconds>(time);
  const auto midnight = std::chrono::floor<Days>(second);
  const base::Date day = base::dateFromDays(midnight.time_since_epoch().count());
  const auto ofDay = static_cast<int>((second - midnight).count());
  // Not `time - second`: the second that contains the earliest time begins before the earliest time.
  const nanoseconds part = (time.time_since_epoch() % seconds(1) + seconds(1)) % seconds(1);
  std::array<char, 96> text{};
  static_cast<void>(std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%09dZ", day.year, day.month,
                                  day.day, ofDay / 3600, ofDay / 60 % 60, ofDay % 60, static_cast<int>(part.count())));
  return text.data();
}

}  // namespace alpaca::broker::model
