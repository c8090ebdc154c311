#pragma once

#include <alpaca/broker/batch.hpp>

#include <atomic>
#include <cstddef>
#include <mutex>
#include <vector>

namespace alpaca::broker::workflows {

/// The entries of a report, which are made while the cancels are under way: a million of them take longer than many a
/// deadline. Each says that its order was not sent, until it is told otherwise. Thread-safe, except where noted.
class BatchEntries {
 public:
  /// Takes the memory for the entries, and makes the first ones. `orders` outlives this object.
  explicit BatchEntries(const std::vector<OrderRef>& orders);

  /// How many orders there are, each counted once.
  [[nodiscard]] std::size_t distinct() const noexcept { return once_.size(); }

  /// The order of that number, of those that are counted once. Makes its entry if there is none yet, so that what
  /// becomes of the order can be told later without taking memory.
  const OrderRef& order(std::size_t number);

  /// Tells what became of it. Once for each number, after `order`.
  void tell(std::size_t number, Result<CancelAccepted> result) noexcept;

  /// True when there are entries left to make, so that a thread is worth it.
  [[nodiscard]] bool areLeft() const noexcept { return made_ < orders_.size(); }

  /// Makes the entries that are left, as far as there is memory.
  void makeAhead() noexcept;

  /// Ends it all: makes what is left, and gives each order that was given again the result of the first. Not while
  /// another thread is in here.
  /// @param begun   the first so many orders were told of
  /// @param stopped why the others were not sent: a stop came; else the deadline
  std::vector<BatchEntry> take(std::size_t begun, bool stopped);

 private:
  struct Repeat {
    std::size_t place;
    std::size_t first;
  };

  void makeUpTo(std::size_t count);

  const std::vector<OrderRef>& orders_;
  std::vector<std::size_t> once_;  // the places of the orders, each once
  std::vector<Repeat> repeats_;    // the other places
  std::mutex mutex_;               // for making entries
  BatchEntry next_;
  std::vector<BatchEntry> entries_;  // never grows beyond its memory: what is in there stays in its place
  BatchEntry* const first_;
  std::atomic<std::size_t> made_{0};
};

}  // namespace alpaca::broker::workflows
