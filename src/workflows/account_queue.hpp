#pragma once

#include "workflows/account_sweep.hpp"

#include <cstddef>
#include <mutex>
#include <vector>

namespace alpaca::broker::workflows {

/// Makes the passes of many accounts, whichever is due first, on as many threads as call `work()`.
///
/// Every account has its first pass before any has its second one, and no pass may take more than its share of the time
/// that is left: accounts that hang hold up no others.
class AccountQueue {
 public:
  AccountQueue(const SweepPlan& plan, std::vector<AccountSweep>& sweeps, std::size_t workers);

  /// Works until no account has a pass left that this thread could make.
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
