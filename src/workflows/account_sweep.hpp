#pragma once

#include "workflows/hidden_origin.hpp"
#include "workflows/list_orders.hpp"
#include "workflows/sweep_ledger.hpp"
#include "workflows/sweep_requests.hpp"

#include <alpaca/broker/kill_switch.hpp>

#include <cstddef>
#include <optional>

namespace alpaca::broker::workflows {

/// Empties one account, in passes.
///
/// A pass cancels all orders at once, lists the account and cancels leftovers one by one. The cancel-all is skipped
/// when there is a filter, or once one was taken. When nothing is left to cancel, the pass also lists the closed orders
/// and reads orders that vanished. The account is empty only when none of that shows a live order.
class AccountSweep {
 public:
  using TimePoint = SweepPlan::TimePoint;

  AccountSweep(const SweepPlan& plan, const AccountId& account) : plan_(plan), kill_{account}, origins_(plan.options) {}

  /// Makes one pass that should end by `until`.
  /// @return when the next pass is due; nothing when there is none
  std::optional<TimePoint> pass(TimePoint until);

  /// Finds out how orders ended, where that is still unknown, and returns the report.
  AccountReport finish();

 private:
  [[nodiscard]] TimePoint now() const { return plan_.pipeline.now(); }
  [[nodiscard]] TimePoint halfWayTo(TimePoint end) const { return now() + (end - now()) / 2; }

  void cancelAll(TimePoint until);
  void look(TimePoint until);
  bool lookAtOpen(TimePoint until, bool isAll);
  bool lookAtClosed(TimePoint until);
  [[nodiscard]] bool isCalm() const;
  void judge(bool seenAll);
  OrderList list(OrderFilter::Status part, TimePoint until);
  void resolve(TimePoint until);
  void cancelLeftovers(TimePoint until);
  [[nodiscard]] std::optional<TimePoint> next();
  void tell();

  const SweepPlan& plan_;
  AccountReport kill_;
  SweepLedger ledger_;
  HiddenOrigin origins_;
  bool cancelAllTaken_ = false;  // accepted, or possibly applied
  bool closedSeen_ = false;      // the closed orders were read since the last accepted cancel
  bool isStuck_ = false;         // the last pass had orders to cancel, and no cancel was accepted
  int calmRounds_ = 0;           // consecutive passes without an accepted cancel
  std::size_t toldFound_ = 0;
  std::size_t toldGone_ = 0;
};

}  // namespace alpaca::broker::workflows
