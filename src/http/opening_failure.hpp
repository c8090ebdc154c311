#pragma once

#include "http/transport.hpp"

#include <chrono>

namespace alpaca::broker::http {

/// The time that an attempt to open a connection had.
struct OpeningTime {
  std::chrono::nanoseconds left;  ///< until the call's own deadline
  std::chrono::milliseconds connectTimeout;
};

/// True when the failure shows that no call can open a connection now, not only this one. Nothing was sent, and opening
/// the connection failed. A time-out counts if the connect time-out has expired. A time-out by the call's own deadline
/// says nothing about the server, and neither does a stop.
bool isOpeningFailure(const Exchange& exchange, const OpeningTime& time) noexcept;

}  // namespace alpaca::broker::http
