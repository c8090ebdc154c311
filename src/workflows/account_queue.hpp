#pragma once

#include "workflows/account_sweep.hpp"

#include <cstddef>
#include <mutex>
#include <vector>

namespace alpaca::broker::workflows {

/// Runs the passes of many accounts, the earliest due first, on every thread that calls `work()`.
///
/// Every account gets its first pass before any account gets a second one. No pass may take more than its share of the
/// remaining time, so accounts that hang do not delay others.
class AccountQueue {
 public:
  AccountQueue(const SweepPlan& plan, std::vector<AccountSweep>& sweeps, std::size_t workers);

  /// Runs passes until none is waiting for a thread.
  void work();

 private:
  using TimePoint = AccountSweep::TimePoint;
  struct Entry {
    TimePoint due;
    std::size_t account;
  };

  std::optional<Entry> take();
  [[nodiscard]] TimePoint shareOf(TimePoint now);
  void putBack(std::size_t account, std::optional<TimePoint> due);

  const SweepPlan& plan_;
  std::vector<AccountSweep>& sweeps_;
  const std::size_t workers_;
  std::mutex mutex_;
  std::vector<Entry> waiting_;
  std::size_t unfinished_;
};

}  // namespace alpaca::broker::workflows
