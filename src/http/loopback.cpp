#include "http/loopback.hpp"

#include "base/ascii.hpp"
#include "base/scanner.hpp"

namespace alpaca::broker::http {

namespace {

// One of the four numbers of an IPv4 address. A leading zero is not allowed, as some parsers take it for octal.
int octet(base::Scanner& scanner) noexcept {
  int value = scanner.digit();
  while (value != 0 && value < 100 && base::isDigit(scanner.next())) value = value * 10 + scanner.digit();
  return value;
}

// Parsed by hand: some system libraries accept shorter and stranger spellings of an address.
bool isLoopbackIpv4(std::string_view host) noexcept {
  base::Scanner scanner(host);
  bool isLoopback = octet(scanner) == 127;
  for (int others = 0; others < 3; ++others) {
    scanner.skip('.');
    isLoopback = octet(scanner) <= 255 && isLoopback;
  }
  return isLoopback && scanner.ok() && scanner.atEnd();
}

}  // namespace

bool isLoopback(std::string_view host) noexcept {
  return base::equalIgnoringCase(host, "localhost") || host == "[::1]" || host == "::1" || isLoopbackIpv4(host);
}

}  // namespace alpaca::broker::http
