#pragma once

namespace alpaca::broker::bench {

/// Waits until somebody listens there, for ten seconds at most. @return whether somebody does.
bool waitForListener(int port);

}  // namespace alpaca::broker::bench
