#pragma once

namespace alpaca::broker::bench {

/// A port of the loopback address that nobody listens on; another process may take it meanwhile.
int freePort();

/// Waits until somebody listens there, for ten seconds at most. @return whether somebody does.
bool waitForListener(int port);

}  // namespace alpaca::broker::bench
