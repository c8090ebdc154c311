#pragma once

#include <cstddef>

namespace alpaca::broker::test {

/// Makes `count` allocations fail during its lifetime, from number `first` on. Counts those of C++, libcurl and
/// optionally OpenSSL together, on all threads that are not spared. Only one may exist at a time.
class FailingAllocations {
 public:
  FailingAllocations(std::size_t first, std::size_t count, bool withOpenSsl = true);
  ~FailingAllocations();
  FailingAllocations(const FailingAllocations&) = delete;
  FailingAllocations& operator=(const FailingAllocations&) = delete;

  /// True when an allocation failed; false when fewer than `first` were made.
  [[nodiscard]] static bool happened() noexcept;

  /// Excludes the calling thread: none of its allocations fail.
  static void spareThisThread() noexcept;
};

}  // namespace alpaca::broker::test
