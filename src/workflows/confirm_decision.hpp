#pragma once

#include <alpaca/broker/confirm.hpp>

#include <optional>

namespace alpaca::broker::workflows {

/// What is known about the cancel while its order is being read.
enum class CancelState {
  Accepted,
  Refused,   ///< the broker says that the order is not cancelable
  Doubtful,  ///< the cancel may have been applied
};

enum class NextStep {
  Conclude,  ///< the order is final
  Follow,    ///< its final state is still to come: read it again
  CancelAgain,
};

/// Decides what to do after a read.
NextStep nextStep(CancelState cancel, const OrderStatus& status) noexcept;

/// Returns how an order ended; nothing while it has not.
std::optional<CancelOutcome> outcomeOf(const OrderStatus& status) noexcept;

/// True when a cancel of the order is in progress at the broker.
inline bool isBeingCanceled(const OrderStatus& status) noexcept { return status.kind() == OrderStatus::PendingCancel; }

/// True when another read would fail in the same way.
bool isPermanent(ErrorKind readFailure) noexcept;

}  // namespace alpaca::broker::workflows
