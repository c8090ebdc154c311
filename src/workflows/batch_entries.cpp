#include "workflows/batch_entries.hpp"

#include "workflows/copy_result.hpp"
#include "workflows/distinct_orders.hpp"

#include <algorithm>
#include <exception>
#include <new>
#include <utility>

namespace alpaca::broker::workflows {
namespace {

constexpr std::size_t kAtOnce = 1'024;  // made in less than a millisecond

Error outOfTime() {
  Error error;
  error.kind = ErrorKind::NotSent;
  error.message =
      "The request was not sent: the deadline of the batch had passed. It is safe to cancel the order again.";
  return error;
}

// Turns `outOfTime()` into the error of an order that was not sent because of a stop. Allocates no memory.
void makeStopped(Error& error) {
  error.kind = ErrorKind::Aborted;
  error.message = "The request was not sent: the call was stopped.";
}

}  // namespace

BatchEntries::BatchEntries(const std::vector<OrderRef>& orders) : orders_(orders), next_{orders.front(), outOfTime()} {
  entries_.reserve(orders.size());
  first_ = entries_.data();
  DistinctOrders distinct(orders.size(), [&](std::size_t i) -> const OrderRef& { return orders[i]; });
  once_.reserve(orders.size());
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const std::size_t first = distinct.add(i);
    // guard: a batch sends a duplicate once
    if (first == i) {
      once_.push_back(i);
    } else {
      repeats_.push_back({i, first});
    }
  }
  makeUpTo(kAtOnce);
  startMaker();
}

void BatchEntries::startMaker() noexcept try {
  if (made_ < orders_.size()) maker_ = std::thread([this] { makeAhead(); });
} catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): `take` makes the entries
}

void BatchEntries::joinMaker() {
  if (maker_.joinable()) maker_.join();
}

const OrderRef& BatchEntries::order(std::size_t number) {
  const std::size_t place = once_[number];
  if (place >= made_) makeUpTo(place + 1);
  return orders_[place];
}

void BatchEntries::tell(std::size_t number, Result<CancelAccepted> result) noexcept {
  const std::size_t place = once_[number];
  if (place < made_) first_[place].result = std::move(result);  // otherwise nothing was sent: the entry found no memory
}

void BatchEntries::makeAhead() noexcept try {
  while (made_ < orders_.size()) makeUpTo(made_ + kAtOnce);
} catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): it is tried again in the end
}

void BatchEntries::makeUpTo(std::size_t count) {
  const std::lock_guard lock(mutex_);
  for (std::size_t place = made_; place < std::min(count, orders_.size()); ++place) {
    next_.target = orders_[place];
    entries_.push_back(next_);
    made_ = place + 1;
  }
}

std::vector<BatchEntry> BatchEntries::take(const CancelSeriesEnd& end) {
  joinMaker();
  makeUpTo(orders_.size());
  for (std::size_t number = end.begun; end.stopped && number < once_.size(); ++number) {
    makeStopped(first_[once_[number]].result.error());
  }
  const std::size_t untouched = end.begun < once_.size() && !end.stopped ? once_[end.begun] : orders_.size();
  for (const Repeat& repeat : repeats_) {
    if (repeat.first < untouched) copyResult(first_[repeat.first].result, first_[repeat.place].result);
  }
  return std::move(entries_);
}

}  // namespace alpaca::broker::workflows
