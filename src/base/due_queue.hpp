#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace alpaca::broker::base {

/// Numbers that wait for their time. The one that is due first comes first; of several, the one that has waited
/// longest. Not thread-safe.
class DueQueue {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  struct Entry {
    TimePoint due;
    std::size_t number;
  };

  /// Allocates memory for as many numbers at once; up to there, `add` cannot throw.
  explicit DueQueue(std::size_t most) { heap_.reserve(most); }

  void add(TimePoint due, std::size_t number) {
    heap_.push_back({{due, number}, added_++});
    std::push_heap(heap_.begin(), heap_.end());
  }

  /// Takes the first entry out; nothing when there is none.
  std::optional<Entry> take() {
    if (heap_.empty()) return std::nullopt;
    std::pop_heap(heap_.begin(), heap_.end());
    const Entry first = heap_.back().entry;
    heap_.pop_back();
    return first;
  }

 private:
  struct Item {
    Entry entry;
    std::size_t turn;

    // The heap's largest item comes first: it is the one that is due first.
    friend bool operator<(const Item& a, const Item& b) noexcept {
      return a.entry.due != b.entry.due ? a.entry.due > b.entry.due : a.turn > b.turn;
    }
  };

  std::vector<Item> heap_;
  std::size_t added_ = 0;
};

}  // namespace alpaca::broker::base
