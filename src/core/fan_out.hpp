#pragma once

#include <cstddef>
#include <functional>

namespace alpaca::broker::core {

/// Does `work(0)` to `work(count - 1)`, begun in this order, on up to `threads` threads of its own, and returns when
/// all are done.
///
/// Meanwhile `watch(done)` is called on the calling thread whenever more has been done, so that however long it takes,
/// it holds nothing up; it is told of the last one, but not of each. With one thread and nobody to watch, the calling
/// thread does it all. What `work` throws is thrown here, when everything has ended; what `watch` throws is dropped.
void fanOut(std::size_t count, std::size_t threads, const std::function<void(std::size_t index)>& work,
            const std::function<void(std::size_t done)>& watch = {});

}  // namespace alpaca::broker::core
