#pragma once

#include <thread>

namespace alpaca::broker::base {

/// Joins the thread if it is joinable. When called on that very thread, which cannot join itself, detaches it instead.
void joinUnlessOwn(std::thread& thread);

}  // namespace alpaca::broker::base
