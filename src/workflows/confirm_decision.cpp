#include "workflows/confirm_decision.hpp"

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

std::string_view toString(CancelOutcome outcome) noexcept {
  switch (outcome) {
    case CancelOutcome::Canceled:
      return "Canceled";
    case CancelOutcome::Filled:
      return "Filled";
    case CancelOutcome::Expired:
      return "Expired";
    case CancelOutcome::Rejected:
      return "Rejected";
    case CancelOutcome::Replaced:
      return "Replaced";
    case CancelOutcome::Pending:
      return "Pending";
  }
  return "unknown";
}

std::string_view toString(PendingReason reason) noexcept {
  switch (reason) {
    case PendingReason::Deadline:
      return "Deadline";
    case PendingReason::Stopped:
      return "Stopped";
    case PendingReason::ReadFailed:
      return "ReadFailed";
    case PendingReason::RateLimit:
      return "RateLimit";
  }
  return "unknown";
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

namespace alpaca::broker::workflows {

NextStep nextStep(CancelState cancel, const OrderStatus& status) noexcept {
  if (status.isFinal()) return NextStep::Conclude;
  if (cancel == CancelState::Accepted || isBeingCanceled(status)) return NextStep::Follow;
  // An order that is being replaced refuses a cancel. Afterwards it is either replaced, or open again.
  if (status.kind() == OrderStatus::PendingReplace) return NextStep::Follow;
  return NextStep::CancelAgain;
}

std::optional<CancelOutcome> outcomeOf(const OrderStatus& status) noexcept {
  switch (status.kind()) {
    case OrderStatus::Canceled:
      return CancelOutcome::Canceled;
    case OrderStatus::Filled:
      return CancelOutcome::Filled;
    case OrderStatus::Expired:
      return CancelOutcome::Expired;
    case OrderStatus::Rejected:
      return CancelOutcome::Rejected;
    case OrderStatus::Replaced:
      return CancelOutcome::Replaced;
    default:
      return std::nullopt;
  }
}

bool isPermanent(ErrorKind readFailure) noexcept {
  switch (readFailure) {
    case ErrorKind::RateLimited:
    case ErrorKind::ServerError:
    case ErrorKind::UnexpectedResponse:  // for example, a proxy's error page
    case ErrorKind::NotSent:
    case ErrorKind::InDoubt:
      return false;
    default:
      return true;
  }
}

}  // namespace alpaca::broker::workflows
