#pragma once

#include <cstddef>

namespace alpaca::broker::test {

/// As long as it lives, allocations fail: `count` of them, from the one with the number `first` on. Those of C++,
/// libcurl and, if it is wanted, OpenSSL are counted together, over all threads that are not spared. One at a time.
class FailingAllocations {
 public:
  FailingAllocations(std::size_t first, std::size_t count, bool withOpenSsl = true);
  ~FailingAllocations();
  FailingAllocations(const FailingAllocations&) = delete;
  FailingAllocations& operator=(const FailingAllocations&) = delete;

  /// True when one has failed: else there were not as many.
  [[nodiscard]] static bool happened() noexcept;

  /// Lets none of the calling thread's fail.
  static void spareThisThread() noexcept;
};

}  // namespace alpaca::broker::test
