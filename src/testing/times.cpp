#include "testing/times.hpp"

#include "http/ascii.hpp"

#include <array>
#include <cstdio>
#include <ctime>
#include <utility>

namespace alpaca::broker::testing {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

std::pair<std::tm, long> civil(WallTime time) {
  const auto whole = std::chrono::floor<seconds>(time.time_since_epoch());
  const std::time_t sinceEpoch = whole.count();
  std::tm parts{};
  ::gmtime_r(&sinceEpoch, &parts);
  return {parts, static_cast<long>((time.time_since_epoch() - whole).count())};
}

// Reads a text from front to back; once something is not as expected, nothing is any more.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  int number(std::size_t digits) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) value = value * 10 + digit();
    return value;
  }

  char oneOf(std::string_view accepted) {
    if (rest_.empty() || accepted.find(rest_.front()) == std::string_view::npos) {
      good_ = false;
      return '\0';
    }
    const char found = rest_.front();
    rest_.remove_prefix(1);
    return found;
  }

  // ".5" is 500,000,000; nothing is 0; digits beyond the ninth are dropped.
  nanoseconds fraction() {
    if (rest_.empty() || rest_.front() != '.') return nanoseconds(0);
    rest_.remove_prefix(1);
    long value = digit();
    int digits = 1;
    for (; !rest_.empty() && http::isDigit(rest_.front()); ++digits) {
      const int next = digit();
      if (digits < 9) value = value * 10 + next;
    }
    for (; digits < 9; ++digits) value *= 10;
    return nanoseconds(value);
  }

  [[nodiscard]] bool atEnd() const { return rest_.empty(); }
  [[nodiscard]] bool good() const { return good_; }

 private:
  int digit() {
    const char found = oneOf("0123456789");
    return found == '\0' ? 0 : found - '0';
  }

  std::string_view rest_;
  bool good_ = true;
};

// Seconds since 1970; nothing for a date that no calendar has.
std::optional<seconds> sinceEpoch(std::tm parts) {
  const std::tm asked = parts;
  const std::time_t time = ::timegm(&parts);
  const bool exists = parts.tm_year == asked.tm_year && parts.tm_mon == asked.tm_mon &&
                      parts.tm_mday == asked.tm_mday && parts.tm_hour == asked.tm_hour &&
                      parts.tm_min == asked.tm_min && parts.tm_sec == asked.tm_sec;
  constexpr int kFirstYear = 70;
  constexpr int kLastYear = 361;  // nanoseconds since 1970 do not reach beyond 2262
  if (!exists || parts.tm_year < kFirstYear || parts.tm_year > kLastYear) return std::nullopt;
  return seconds(time);
}

seconds offset(Scanner& scanner) {
  const char sign = scanner.oneOf("Zz+-");
  if (sign != '+' && sign != '-') return seconds(0);
  const int hours = scanner.number(2);
  scanner.oneOf(":");
  const seconds ahead = std::chrono::hours(hours) + std::chrono::minutes(scanner.number(2));
  return sign == '+' ? ahead : -ahead;
}

}  // namespace

Moment machineTime() { return {std::chrono::system_clock::now(), std::chrono::steady_clock::now()}; }

std::string rfc3339(WallTime time) {
  const auto [parts, fraction] = civil(time);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%09ldZ", parts.tm_year + 1900,
                parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, fraction);
  return text.data();
}

Timestamp timestamp(WallTime time) { return {time, rfc3339(time)}; }

std::optional<WallTime> parseTime(std::string_view text) {
  Scanner scanner(text);
  std::tm parts{};
  parts.tm_year = scanner.number(4) - 1900;
  scanner.oneOf("-");
  parts.tm_mon = scanner.number(2) - 1;
  scanner.oneOf("-");
  parts.tm_mday = scanner.number(2);
  nanoseconds beyond{0};
  if (!scanner.atEnd()) {
    scanner.oneOf("Tt ");
    parts.tm_hour = scanner.number(2);
    scanner.oneOf(":");
    parts.tm_min = scanner.number(2);
    scanner.oneOf(":");
    parts.tm_sec = scanner.number(2);
    beyond = scanner.fraction();
    beyond -= offset(scanner);
  }
  const auto whole = sinceEpoch(parts);
  if (!scanner.good() || !scanner.atEnd() || !whole) return std::nullopt;
  return WallTime(*whole + beyond);
}

std::string httpDate(WallTime time) {
  // Not strftime(), which writes the names in the language of the process.
  constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::tm parts = civil(time).first;
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                kDays.at(static_cast<std::size_t>(parts.tm_wday)), parts.tm_mday,
                kMonths.at(static_cast<std::size_t>(parts.tm_mon)), parts.tm_year + 1900, parts.tm_hour, parts.tm_min,
                parts.tm_sec);
  return text.data();
}

}  // namespace alpaca::broker::testing
