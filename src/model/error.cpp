#include <alpaca/broker/error.hpp>

#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

std::string_view toString(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::InvalidArgument:
      return "InvalidArgument";
    case ErrorKind::BadRequest:
      return "BadRequest";
    case ErrorKind::Unauthorized:
      return "Unauthorized";
    case ErrorKind::Forbidden:
      return "Forbidden";
    case ErrorKind::NotFound:
      return "NotFound";
    case ErrorKind::NotCancelable:
      return "NotCancelable";
    case ErrorKind::RateLimited:
      return "RateLimited";
    case ErrorKind::ServerError:
      return "ServerError";
    case ErrorKind::UnexpectedResponse:
      return "UnexpectedResponse";
    case ErrorKind::NotSent:
      return "NotSent";
    case ErrorKind::InDoubt:
      return "InDoubt";
    case ErrorKind::Aborted:
      return "Aborted";
  }
  return "Unknown";
}

BrokerError::BrokerError(Error error)
    : std::runtime_error(error.message), error_(std::make_shared<const Error>(std::move(error))) {}

BrokerError::~BrokerError() = default;
BrokerError::BrokerError(const BrokerError&) noexcept = default;
BrokerError& BrokerError::operator=(const BrokerError&) noexcept = default;

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
