#pragma once

namespace alpaca::broker::bench {

/// Waits until somebody listens there. @return false when nobody does after a long time.
bool waitForListener(int port);

}  // namespace alpaca::broker::bench
