#pragma once

#include "workflows/cancel_each.hpp"

#include <alpaca/broker/batch.hpp>

#include <atomic>
#include <cstddef>
#include <mutex>
#include <thread>
#include <vector>

namespace alpaca::broker::workflows {

/// The entries of a batch report, made while the cancels are in flight: making a million entries can take longer than
/// the deadline allows. A thread makes them ahead; if none can start, `take` makes them at the end. An entry says that
/// its order was not sent, until `tell` sets a result. Thread-safe, except where noted.
class BatchEntries {
 public:
  /// Allocates memory for all entries and makes the first ones. `orders` must outlive this object.
  explicit BatchEntries(const std::vector<OrderRef>& orders);
  ~BatchEntries() { joinMaker(); }
  BatchEntries(const BatchEntries&) = delete;
  BatchEntries& operator=(const BatchEntries&) = delete;

  /// How many different orders there are.
  [[nodiscard]] std::size_t distinct() const noexcept { return once_.size(); }

  /// Returns the different order of this number, and makes its entry if there is none yet. A later `tell` then needs no
  /// memory.
  const OrderRef& order(std::size_t number);

  /// Sets the order's result. Call it once for each number, after `order`.
  void tell(std::size_t number, Result<CancelAccepted> result) noexcept;

  /// Makes the remaining entries, copies the results to repeated orders and returns everything. No other thread may use
  /// this object meanwhile.
  std::vector<BatchEntry> take(const CancelSeriesEnd& end);

 private:
  struct Repeat {
    std::size_t place;
    std::size_t first;
  };

  void startMaker() noexcept;
  void joinMaker();
  void makeAhead() noexcept;
  void makeUpTo(std::size_t count);

  const std::vector<OrderRef>& orders_;
  std::vector<std::size_t> once_;  // where each different order first appears
  std::vector<Repeat> repeats_;    // the other places of those orders
  std::mutex mutex_;               // guards the making of entries
  BatchEntry next_;
  std::vector<BatchEntry> entries_;  // never reallocates, so entries stay in place
  BatchEntry* first_ = nullptr;
  std::atomic<std::size_t> made_{0};
  std::thread maker_;
};

}  // namespace alpaca::broker::workflows
