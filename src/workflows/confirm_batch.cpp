#include "workflows/confirm_batch.hpp"

#include "base/due_queue.hpp"
#include "base/parallel_for.hpp"
#include "base/progress_feed.hpp"
#include "workflows/batch_counts.hpp"
#include "workflows/call_sum.hpp"
#include "workflows/cancel_follower.hpp"
#include "workflows/copy_result.hpp"
#include "workflows/distinct_orders.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {
namespace {

bool isClosed(const Result<CancelConfirmation>& result) { return result && result->outcome != CancelOutcome::Pending; }

std::size_t& counterOf(BatchConfirmCounts& counts, CancelOutcome outcome) noexcept {
  switch (outcome) {
    case CancelOutcome::Canceled:
      return counts.canceled;
    case CancelOutcome::Filled:
      return counts.filled;
    case CancelOutcome::Pending:
      return counts.pending;
    default:
      return counts.expiredOrReplaced;
  }
}

}  // namespace

BatchConfirmCounts BatchConfirmReport::counts() const {
  BatchConfirmCounts counts;
  workflows::forEachOrder(entries, [&](const Result<CancelConfirmation>& result) {
    ++(result ? counterOf(counts, result->outcome) : workflows::counterOf(counts, result.error()));
  });
  return counts;
}

bool BatchConfirmReport::allFinal() const {
  return std::all_of(entries.begin(), entries.end(),
                     [](const BatchConfirmEntry& entry) { return isClosed(entry.result); });
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

namespace alpaca::broker::workflows {
namespace {

using ConfirmFeed = base::ProgressFeed<BatchConfirmProgress>;

constexpr std::chrono::seconds kBatchConfirmDeadline{60};

// Takes the steps of many followers, the earliest due first, on every thread that calls `work()`. So every order is
// canceled before any order is read.
class FollowerQueue {
 public:
  FollowerQueue(call::CallPipeline& pipeline, const StopToken& stop, ConfirmFeed& feed, std::size_t most)
      : pipeline_(pipeline), stop_(stop), feed_(feed), waiting_(most) {
    followers_.reserve(most);
    places_.reserve(most);
  }

  // Adds the order whose result belongs to `place`.
  void add(CancelFollower follower, Result<CancelConfirmation>& place, CancelFollower::TimePoint start) {
    waiting_.add(start, followers_.size());
    followers_.push_back(std::move(follower));
    places_.push_back(&place);
  }

  void work() {
    while (const auto next = take()) {
      CancelFollower& follower = followers_[next->number];
      std::optional<CancelFollower::TimePoint> due;
      if (next->due <= pipeline_.now() || pipeline_.pause(next->due, stop_)) {
        due = follower.step();
      } else {
        follower.stop();
      }
      if (pipeline_.isInherited()) return;  // a child: a thread of the parent may hold the lock for ever
      due ? putBack(*due, next->number) : finish(next->number);
    }
  }

  [[nodiscard]] std::size_t size() const noexcept { return followers_.size(); }

 private:
  // When it returns nothing, other threads still take steps, and they handle whatever follows.
  std::optional<base::DueQueue::Entry> take() {
    const std::lock_guard lock(mutex_);
    return waiting_.take();
  }

  void putBack(CancelFollower::TimePoint due, std::size_t number) {
    const std::lock_guard lock(mutex_);
    waiting_.add(due, number);
  }

  void finish(std::size_t number) {
    Result<CancelConfirmation>& place = *places_[number];
    place = followers_[number].conclude();
    feed_.update([closed = isClosed(place)](BatchConfirmProgress& progress) {
      ++progress.done;
      if (closed) ++progress.closed;
    });
  }

  call::CallPipeline& pipeline_;
  const StopToken& stop_;
  ConfirmFeed& feed_;
  std::vector<CancelFollower> followers_;
  std::vector<Result<CancelConfirmation>*> places_;  // each follower's place in the report
  std::mutex mutex_;
  base::DueQueue waiting_;
};

// The entries of the report, and which of them repeat an earlier one.
struct Entries {
  explicit Entries(const std::vector<OrderRef>& orders) {
    DistinctOrders distinct(orders.size(), [&](std::size_t i) -> const OrderRef& { return orders[i]; });
    list.reserve(orders.size());
    first.reserve(orders.size());
    for (const OrderRef& order : orders) {
      first.push_back(distinct.add(list.size()));
      list.push_back({order, Error{}});
    }
  }

  [[nodiscard]] bool isRepeat(std::size_t i) const noexcept { return first[i] != i; }

  void copyToRepeats() noexcept {
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (isRepeat(i)) copyResult(list[first[i]].result, list[i].result);
    }
  }

  std::vector<BatchConfirmEntry> list;
  std::vector<std::size_t> first;  // where each order appears first
};

}  // namespace

Result<BatchConfirmReport> cancelOrdersAndConfirm(call::CallPipeline& pipeline, const std::vector<OrderRef>& orders,
                                                  const BatchConfirmOptions& options) {
  if (auto fault = model::validate(options)) return *std::move(fault);
  if (orders.empty()) return BatchConfirmReport{};
  const auto start = pipeline.now();
  const CallOptions& call = options.confirm.call;
  const auto threads = options.concurrency ? static_cast<std::size_t>(*options.concurrency) : pipeline.connections();
  call::CallLimits limits = pipeline.limits(call, start);
  limits.deadline = start + call.deadline.value_or(kBatchConfirmDeadline);
  limits.permit = call::RateRequest{call::Priority::Cancel, limits.deadline};
  limits.withinClientDeadline = true;

  Entries entries(orders);
  ConfirmFeed feed({});
  FollowerQueue queue(pipeline, call.stop, feed, orders.size());
  for (std::size_t i = 0; i < orders.size(); ++i) {
    // guard: a batch of confirmations follows a duplicate once
    if (entries.isRepeat(i)) continue;
    queue.add(CancelFollower(pipeline, orders[i], options.confirm, limits, start), entries.list[i].result, start);
  }
  feed.update([&](BatchConfirmProgress& progress) { progress.total = queue.size(); });
  const auto workers = std::min(threads, queue.size());
  base::runWatched<BatchConfirmProgress>(feed, options.progress, [&] {
    base::parallelFor(workers, workers, [&](std::size_t /*worker*/) { queue.work(); });
  });

  CallInfo sum;
  for (std::size_t i = 0; i < entries.list.size(); ++i) {
    if (!entries.isRepeat(i)) add(sum, entries.list[i].result.call());
  }
  entries.copyToRepeats();
  sum.elapsed = pipeline.now() - start;
  return {BatchConfirmReport{std::move(entries.list)}, std::move(sum)};
}

}  // namespace alpaca::broker::workflows
