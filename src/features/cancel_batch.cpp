#include "features/cancel_batch.hpp"

#include "core/fan_out.hpp"
#include "core/progress_feed.hpp"
#include "core/rate_turn.hpp"
#include "endpoints/cancel_order.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

BatchCounts BatchReport::counts() const {
  BatchCounts counts;
  for (const BatchEntry& entry : entries) {
    if (entry.result) {
      ++counts.accepted;
    } else if (entry.result.error().maybeApplied) {
      ++counts.maybeApplied;
    } else {
      ++(entry.result.error().httpStatus ? counts.refused : counts.notSent);
    }
  }
  return counts;
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

namespace alpaca::broker::features {
namespace {

// The orders to cancel, each once, and which of them each of the given ones is.
struct Distinct {
  std::vector<const OrderRef*> orders;
  std::vector<std::size_t> indices;
};

Distinct distinct(const std::vector<OrderRef>& orders) {
  Distinct found;
  found.indices.reserve(orders.size());
  std::unordered_map<OrderRef, std::size_t> known;
  known.reserve(orders.size());
  for (const OrderRef& order : orders) {
    const auto [entry, isNew] = known.emplace(order, found.orders.size());
    if (isNew) found.orders.push_back(&order);
    found.indices.push_back(entry->second);
  }
  return found;
}

Error outOfTime() {
  Error error;
  error.kind = ErrorKind::NotSent;
  error.message =
      "The request was not sent: the deadline of the batch had passed. The order is as it was before: it is safe to "
      "cancel it again.";
  return error;
}

Result<CancelAccepted> cancelOne(core::Caller& caller, const OrderRef& target, const core::CallLimits& batch) {
  const core::RateTurn turn(caller, core::RateUse::Cancel, batch);
  if (!turn.granted()) return turn.refusal();
  const auto start = caller.now();
  if (start >= batch.deadline) return outOfTime();
  core::CallLimits limits = batch;
  limits.deadline = std::min(caller.limits({}, start).deadline, batch.deadline);
  return caller.call(endpoints::cancel_order::operation(target.account, target.order), limits, start);
}

BatchReport report(const std::vector<OrderRef>& orders, const Distinct& distinct,
                   const std::vector<std::optional<Result<CancelAccepted>>>& results) {
  BatchReport report;
  report.entries.reserve(orders.size());
  for (std::size_t i = 0; i < orders.size(); ++i) {
    report.entries.push_back({orders[i], *results[distinct.indices[i]]});
  }
  return report;
}

}  // namespace

BatchReport cancelOrders(core::Caller& caller, const std::vector<OrderRef>& orders, const BatchOptions& options) {
  if (const auto fault = core::faultIn(options)) return refusedBatch(orders, *fault);
  const auto start = caller.now();
  const Distinct found = distinct(orders);
  std::vector<std::optional<Result<CancelAccepted>>> results(found.orders.size());
  const auto threads = options.concurrency ? static_cast<std::size_t>(*options.concurrency) : caller.connections();
  const core::CallLimits batch{start + options.deadline, options.maxAttempts, options.stop, options.context.get()};
  core::ProgressFeed<BatchProgress> feed({0, found.orders.size(), 0});
  const auto cancel = [&](std::size_t i) {
    results[i].emplace(cancelOne(caller, *found.orders[i], batch));
    feed.update([&](BatchProgress& progress) {
      ++progress.done;
      if (*results[i]) ++progress.accepted;
    });
  };
  core::runWatched<BatchProgress>(feed, options.progress, [&] { core::fanOut(found.orders.size(), threads, cancel); });

  BatchReport result = report(orders, found, results);
  result.elapsed = caller.now() - start;
  return result;
}

BatchReport refusedBatch(const std::vector<OrderRef>& orders, const Error& error) {
  BatchReport report;
  report.entries.reserve(orders.size());
  for (const OrderRef& order : orders) report.entries.push_back({order, error});
  return report;
}

}  // namespace alpaca::broker::features
