#include "http/http_date.hpp"

#include "http/ascii.hpp"

#include <curl/curl.h>
#include <string>

namespace alpaca::broker::http {

namespace {

constexpr std::size_t kLongestDate = 64;
constexpr time_t kLastSecond = 9'000'000'000;  // year 2255: system_clock counts nanoseconds and ends in 2262

}  // namespace

std::optional<std::chrono::system_clock::time_point> parseHttpDate(std::string_view text) {
  // Every form of an HTTP date starts with the day's name; curl_getdate() makes dates out of mere numbers, too.
  if (text.empty() || text.size() > kLongestDate || isDigit(text.front()) || !isAlphanumeric(text.front())) {
    return std::nullopt;
  }
  const time_t seconds = curl_getdate(std::string(text).c_str(), nullptr);
  if (seconds < 0 || seconds > kLastSecond) return std::nullopt;
  return std::chrono::system_clock::from_time_t(seconds);
}

}  // namespace alpaca::broker::http
