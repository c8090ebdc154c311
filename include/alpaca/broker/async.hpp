#pragma once

#include <alpaca/broker/function.hpp>
#include <alpaca/broker/result.hpp>
#include <alpaca/broker/version.hpp>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// Receives the result of an asynchronous call, on one of the client's own threads. When several calls end at once,
/// several callbacks run at once.
///
/// A callback holds up its thread, so keep it short and post longer work to a thread of your own. It may call the
/// client and may destroy it, but must not wait for another asynchronous call. Its exceptions are dropped.
template <class T>
using Callback = Function<void(Result<T> result)>;

/// An asynchronous call was accepted: its callback will get the result.
struct Submitted {};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
