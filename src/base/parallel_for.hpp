#pragma once

#include <cstddef>
#include <functional>

namespace alpaca::broker::base {

/// Runs `work(0)` to `work(count - 1)`, started in this order, on up to `threads` threads.
///
/// The calling thread is one of them; the others end before this returns. There are fewer threads when the system or
/// memory has no more. When `work` throws, the remaining pieces still run, and then this throws the exception. In a
/// child process that `work` makes by fork(), no further piece starts.
///
/// @param goOn asked before each piece; once it returns false, that thread starts no more. Absent: all pieces run
/// @return how many pieces were started: always the first ones
std::size_t parallelFor(std::size_t count, std::size_t threads, const std::function<void(std::size_t index)>& work,
                        const std::function<bool()>& goOn = {});

}  // namespace alpaca::broker::base
