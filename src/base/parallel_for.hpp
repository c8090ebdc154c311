#pragma once

#include <cstddef>
#include <functional>

namespace alpaca::broker::base {

/// Does `work(0)` to `work(count - 1)`, begun in this order, on up to `threads` threads: the calling one and others
/// that end before this returns. Fewer where the system has no more, or no memory for them. What `work` throws is
/// thrown here, when everything has been done. In a child that `work` makes by fork(), no thread begins any more.
///
/// @param goOn asked before each piece is begun; once it is false, that thread begins none any more. Absent: all is
/// done
/// @return how many pieces were begun: the first ones
std::size_t parallelFor(std::size_t count, std::size_t threads, const std::function<void(std::size_t index)>& work,
                        const std::function<bool()>& goOn = {});

}  // namespace alpaca::broker::base
