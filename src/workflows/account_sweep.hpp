#pragma once

#include "call/pipeline.hpp"
#include "workflows/hidden_origin.hpp"
#include "workflows/list_orders.hpp"
#include "workflows/sweep_ledger.hpp"
#include "workflows/sweep_plan.hpp"

#include <alpaca/broker/cancel_all.hpp>
#include <alpaca/broker/kill_switch.hpp>

#include <cstddef>
#include <optional>

namespace alpaca::broker::workflows {

/// Empties one account, in passes. A pass cancels all (without a filter, until that was taken), looks, and cancels what
/// is left one by one. When nothing is left to cancel, it also looks among the closed orders and reads what vanished:
/// the account is empty only when all of that shows no live order.
class AccountSweep {
 public:
  using TimePoint = call::CallPipeline::Clock::time_point;

  AccountSweep(const SweepPlan& plan, const AccountId& account) : plan_(plan), kill_{account}, origins_(plan.options) {}

  /// Makes one pass, which is to take no longer than until then.
  /// @return when the next one is worth it; nothing when there is to be none
  std::optional<TimePoint> pass(TimePoint until);

  /// Finds out how orders ended, as far as that is not known, and reports.
  AccountKill finish();

 private:
  [[nodiscard]] TimePoint now() const { return plan_.pipeline.now(); }
  [[nodiscard]] TimePoint halfWayTo(TimePoint end) const { return now() + (end - now()) / 2; }
  [[nodiscard]] bool isFiltered() const;

  void cancelAll(TimePoint until);
  void noteCancelAll(const CancelAllReport& report);
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
  AccountKill kill_;
  SweepLedger ledger_;
  HiddenOrigin origins_;
  bool cancelAllTaken_ = false;  // or perhaps
  bool closedSeen_ = false;      // since the last cancel
  bool isStuck_ = false;         // the last pass had orders to cancel, and none was accepted
  int calmRounds_ = 0;           // in a row in which no cancel was accepted
  std::size_t toldFound_ = 0;
  std::size_t toldGone_ = 0;
};

}  // namespace alpaca::broker::workflows
