#pragma once

#include "http/transport.hpp"

#include <chrono>

namespace alpaca::broker::http {

/// What an attempt to open a connection was given.
struct OpeningTime {
  std::chrono::nanoseconds left;  ///< until the call's own deadline
  std::chrono::milliseconds connectTimeout;
};

/// True when this end tells everyone that no connection can be opened now, and not only the call that met it: nothing
/// was sent, and what failed is opening. A time-out tells so when it is the connect time-out; one that the call's own
/// deadline has cut short says nothing about the server, and a stop even less.
bool isOpeningFailure(const Exchange& exchange, const OpeningTime& time) noexcept;

}  // namespace alpaca::broker::http
