#include "workflows/cancel_batch.hpp"

#include "base/progress_feed.hpp"
#include "workflows/batch_counts.hpp"
#include "workflows/batch_entries.hpp"
#include "workflows/cancel_each.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

std::vector<OrderRef> orderRefs(const AccountId& account, const std::vector<Order>& orders) {
  std::vector<OrderRef> refs;
  refs.reserve(orders.size());
  for (const Order& order : orders) refs.push_back({account, order.id});
  return refs;
}

BatchCounts BatchReport::counts() const {
  BatchCounts counts;
  workflows::forEachOrder(entries, [&](const Result<CancelAccepted>& result) {
    ++(result ? counts.accepted : workflows::counterOf(counts, result.error()));
  });
  return counts;
}

bool BatchReport::allAccepted() const noexcept {
  return std::all_of(entries.begin(), entries.end(), [](const BatchEntry& entry) { return bool(entry.result); });
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

namespace alpaca::broker::workflows {
namespace {

using Feed = base::ProgressFeed<BatchProgress>;

constexpr std::chrono::seconds kBatchDeadline{60};

// How often all cancels together were tried and sent.
struct Counts {
  std::atomic<int> attempts{0};
  std::atomic<int> sends{0};
};

CancelSeries seriesOf(BatchEntries& entries, Counts& counts, Feed& feed) {
  return {entries.distinct(),
          [&](std::size_t number) {
            const OrderRef& order = entries.order(number);
            return CancelTarget{order.accountId, order.orderId};
          },
          [&](std::size_t number, Result<CancelAccepted> result) {
            const bool accepted = bool(result);
            counts.attempts += result.call().attempts;
            counts.sends += result.call().sends;
            entries.tell(number, std::move(result));
            feed.update([&](BatchProgress& progress) {
              ++progress.done;
              if (accepted) ++progress.accepted;
            });
          }};
}

}  // namespace

Result<BatchReport> cancelOrders(call::CallPipeline& pipeline, const std::vector<OrderRef>& orders,
                                 const BatchOptions& options) {
  // guard: a batch with unusable options is refused
  if (auto fault = model::validate(options)) return *std::move(fault);
  if (orders.empty()) return BatchReport{};
  const auto start = pipeline.now();
  const auto threads = options.concurrency ? static_cast<std::size_t>(*options.concurrency) : pipeline.connections();
  const auto deadline = start + options.call.deadline.value_or(kBatchDeadline);
  call::CallLimits limits = call::limitsUntil(deadline, options.call);
  limits.permit = call::RateRequest{call::Priority::Cancel, deadline};
  limits.withinClientDeadline = true;
  BatchEntries entries(orders);
  Counts counts;
  Feed feed({0, entries.distinct(), 0});
  CancelSeriesEnd end;
  base::runWatched<BatchProgress>(feed, options.progress, [&] {
    end = cancelEach(pipeline, seriesOf(entries, counts, feed), limits, threads);
    feed.update([](BatchProgress& progress) { progress.done = progress.total; });
  });
  BatchReport report{entries.take(end)};
  CallInfo call;
  call.attempts = counts.attempts;
  call.sends = counts.sends;
  call.elapsed = pipeline.now() - start;  // making the report of a large batch takes time, too
  return {std::move(report), std::move(call)};
}

}  // namespace alpaca::broker::workflows
