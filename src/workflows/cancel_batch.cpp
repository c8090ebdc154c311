#include "workflows/cancel_batch.hpp"

#include "base/progress_feed.hpp"
#include "workflows/batch_entries.hpp"
#include "workflows/cancel_each.hpp"
#include "workflows/distinct_orders.hpp"

#include <algorithm>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

BatchCounts BatchReport::counts() const {
  BatchCounts counts;
  workflows::DistinctOrders distinct(entries.size(),
                                     [this](std::size_t i) -> const OrderRef& { return entries[i].target; });
  for (std::size_t i = 0; i < entries.size(); ++i) {
    // guard: a batch counts a duplicate once
    if (distinct.add(i) != i) continue;
    const Result<CancelAccepted>& result = entries[i].result;
    if (result) {
      ++counts.accepted;
    } else if (result.error().maybeApplied) {
      ++counts.maybeApplied;
    } else {
      ++(result.error().httpStatus ? counts.refused : counts.notSent);
    }
  }
  return counts;
}

bool BatchReport::allAccepted() const noexcept {
  // guard: a batch that was refused is not all accepted
  return !refusal &&
         std::all_of(entries.begin(), entries.end(), [](const BatchEntry& entry) { return bool(entry.result); });
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

namespace alpaca::broker::workflows {
namespace {

using Feed = base::ProgressFeed<BatchProgress>;

CancelSeries seriesOf(BatchEntries& entries, Feed& feed) {
  return {entries.distinct(),
          [&](std::size_t number) {
            const OrderRef& order = entries.order(number);
            return CancelTarget{order.account, order.order};
          },
          [&](std::size_t number, Result<CancelAccepted> result) {
            const bool accepted = bool(result);
            entries.tell(number, std::move(result));
            feed.update([&](BatchProgress& progress) {
              ++progress.done;
              if (accepted) ++progress.accepted;
            });
          }};
}

}  // namespace

BatchReport cancelOrders(call::CallPipeline& pipeline, const std::vector<OrderRef>& orders,
                         const BatchOptions& options) {
  if (const auto fault = model::validate(options)) return refusedBatch(orders, *fault);
  if (orders.empty()) return {};
  const auto start = pipeline.now();
  const auto threads = options.concurrency ? static_cast<std::size_t>(*options.concurrency) : pipeline.connections();
  const auto deadline = start + options.deadline;
  const call::CallLimits limits{deadline,
                                options.maxAttempts,
                                options.stop,
                                options.context.get(),
                                call::RateRequest{call::Priority::Cancel, deadline},
                                true};
  BatchEntries entries(orders);
  Feed feed({0, entries.distinct(), 0});
  CancelSeriesEnd end;
  base::runWatched<BatchProgress>(feed, options.progress, [&] {
    end = cancelEach(pipeline, seriesOf(entries, feed), limits, threads);
    feed.update([](BatchProgress& progress) { progress.done = progress.total; });
  });
  BatchReport report;
  report.entries = entries.take(end);
  report.elapsed = pipeline.now() - start;
  return report;
}

BatchReport refusedBatch(const std::vector<OrderRef>& orders, const Error& error) {
  BatchReport report;
  report.refusal = error;
  report.entries.reserve(orders.size());
  for (const OrderRef& order : orders) report.entries.push_back({order, error});
  return report;
}

}  // namespace alpaca::broker::workflows
