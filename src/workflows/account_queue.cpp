#include "workflows/account_queue.hpp"

#include <algorithm>

namespace alpaca::broker::workflows {

AccountQueue::AccountQueue(const SweepPlan& plan, std::vector<AccountSweep>& sweeps, std::size_t workers)
    : plan_(plan), sweeps_(sweeps), workers_(workers), unfinished_(sweeps.size()) {
  for (std::size_t i = 0; i < sweeps.size(); ++i) waiting_.push_back({plan.start, i});
}

void AccountQueue::work() {
  while (const auto entry = take()) {
    // A stop never skips the first look at an account. It only cuts short the pauses between later looks.
    const bool isFirst = entry->due == plan_.start;
    if (!isFirst && !plan_.pipeline.pause(entry->due, plan_.options.call.stop)) {
      putBack(entry->account, std::nullopt);
      continue;
    }
    putBack(entry->account, sweeps_[entry->account].pass(shareOf(plan_.pipeline.now())));
  }
}

// Returns the account that is due first; of several, the one that has waited longest. When it returns nothing, other
// threads still make passes, and they handle whatever follows.
std::optional<AccountQueue::Entry> AccountQueue::take() {
  const std::lock_guard lock(mutex_);
  const auto first =
      std::min_element(waiting_.begin(), waiting_.end(), [](const Entry& a, const Entry& b) { return a.due < b.due; });
  if (first == waiting_.end()) return std::nullopt;
  const Entry entry = *first;
  waiting_.erase(first);
  return entry;
}

// Returns the end of this pass's share of time. The share lets all accounts run one after the other, with room for one
// more pass each. The last unfinished account gets all the time that is left.
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
