#include "workflows/account_queue.hpp"

#include <algorithm>

namespace alpaca::broker::workflows {

AccountQueue::AccountQueue(const SweepPlan& plan, std::vector<AccountSweep>& sweeps, std::size_t workers)
    : plan_(plan), sweeps_(sweeps), workers_(workers), unfinished_(sweeps.size()) {
  for (std::size_t i = 0; i < sweeps.size(); ++i) waiting_.push_back({plan.start, i});
}

void AccountQueue::work() {
  while (const auto entry = take()) {
    // Each account is looked at once, whatever the time; only waiting between two looks is cut short by a stop.
    const bool isFirst = entry->due == plan_.start;
    if (!isFirst && !plan_.pipeline.pause(entry->due, plan_.options.stop)) {
      putBack(entry->account, std::nullopt);
      continue;
    }
    putBack(entry->account, sweeps_[entry->account].pass(shareOf(plan_.pipeline.now())));
  }
}

// The one that is due first; of several, the one that has waited longest. None: the threads that still make a pass see
// to what comes after that themselves.
std::optional<AccountQueue::Entry> AccountQueue::take() {
  const std::lock_guard lock(mutex_);
  const auto first =
      std::min_element(waiting_.begin(), waiting_.end(), [](const Entry& a, const Entry& b) { return a.due < b.due; });
  if (first == waiting_.end()) return std::nullopt;
  const Entry entry = *first;
  waiting_.erase(first);
  return entry;
}

// So much that all accounts can have as much one after the other, and one more pass each after that. The last account
// has nobody to share with.
AccountQueue::TimePoint AccountQueue::shareOf(TimePoint now) {
  const std::lock_guard lock(mutex_);
  if (sweeps_.size() > 1 && unfinished_ == 1) return plan_.cancelBy;
  const std::size_t turns = (unfinished_ + workers_ - 1) / workers_;
  // guard: hanging accounts delay no others
  return now + (plan_.cancelBy - now) / static_cast<long>(turns + 1);
}

void AccountQueue::putBack(std::size_t account, std::optional<TimePoint> due) {
  const std::lock_guard lock(mutex_);
  if (due) {
    waiting_.push_back({*due, account});
  } else {
    --unfinished_;
  }
}

}  // namespace alpaca::broker::workflows
