#pragma once

#include <alpaca/broker/function.hpp>
#include <alpaca/broker/result.hpp>
#include <alpaca/broker/version.hpp>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// Takes the result of an asynchronous call, on one of the client's own threads: several at once, where several calls
/// end at once.
///
/// It holds up that thread, so it must not take long: post what is more to a thread of your own. It may call the client
/// and destroy it, but must not wait for another asynchronous call. What it throws is dropped.
template <class T>
using Callback = Function<void(Result<T> result)>;

/// An asynchronous call was accepted: its result will come.
struct Submitted {};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
