#include "http/opening_failure.hpp"

namespace alpaca::broker::http {

bool isOpeningFailure(const Exchange& exchange, const OpeningTime& time) noexcept {
  if (exchange.response || exchange.sends > 0) return false;
  switch (exchange.failure) {
    case Failure::NameNotResolved:
    case Failure::ConnectFailed:
    case Failure::ProxyRefused:
    case Failure::ProxyUnavailable:
    case Failure::TlsHandshakeFailed:
    case Failure::TlsNotAcceptable:
      return true;
    case Failure::TimedOut:
      // guard: no call fails with another call's deadline
      return time.left >= time.connectTimeout;
    default:
      return false;
  }
}

}  // namespace alpaca::broker::http
