#pragma once

#include <cstddef>
#include <functional>

namespace alpaca::broker::core {

/// Does `work(0)` to `work(count - 1)`, begun in this order, on up to `threads` threads: the calling one and others
/// that end before this returns. What `work` throws is thrown here, when everything has been done.
void fanOut(std::size_t count, std::size_t threads, const std::function<void(std::size_t index)>& work);

}  // namespace alpaca::broker::core
