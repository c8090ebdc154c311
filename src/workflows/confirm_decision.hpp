#pragma once

#include <alpaca/broker/confirm.hpp>

#include <optional>

namespace alpaca::broker::workflows {

/// Where the cancel stands while its order is being read.
enum class CancelState {
  Accepted,
  Refused,   ///< not cancelable, said the broker
  Doubtful,  ///< it may have been applied
};

enum class NextStep {
  Conclude,  ///< the order is final
  Follow,    ///< it is on its way: read it again
  CancelAgain,
};

/// Decides by what a read has shown.
NextStep nextStep(CancelState cancel, const OrderStatus& status) noexcept;

/// How an order ended; nothing for one that has not.
std::optional<CancelOutcome> outcomeOf(const OrderStatus& status) noexcept;

/// True when the order shows that a cancel of it is under way.
inline bool isBeingCanceled(const OrderStatus& status) noexcept { return status.state() == OrderState::PendingCancel; }

/// True when reading again cannot give another result.
bool isPermanent(ErrorKind readFailure) noexcept;

}  // namespace alpaca::broker::workflows
