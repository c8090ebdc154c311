#pragma once

#include <alpaca/broker/call_info.hpp>
#include <alpaca/broker/error.hpp>
#include <alpaca/broker/function.hpp>
#include <alpaca/broker/version.hpp>

#include <string_view>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// Describes the outcome of a call, at its end. `AttemptEvent` describes the attempts within it.
///
/// There is one event for each outcome that your app gets: a call, an entry of a batch, an account of a kill switch. A
/// call that was refused before anything was sent has an event, too. The requests inside a workflow have no
/// `CallEvent`, only an `AttemptEvent` for each attempt.
///
/// No text contains a credential. Texts and pointers are valid as long as the event, so copy what you keep.
struct CallEvent {
  std::string_view operation{};  ///< the function: `cancelOrder`, also for `cancelOrderAsync`; `killSwitch`, ...
  std::string_view accountId{};  ///< empty when the call is not about one account
  std::string_view orderId{};    ///< empty when the call is about no single order

  /// Something may have been canceled without the broker saying so: look before you act again. Also true when a success
  /// reports a doubt: in `CancelAllReport::doubt`, in an account of a kill switch, or in the `cancelError` of a
  /// `Pending` confirmation.
  bool maybeApplied = false;

  /// A success that has not reached its goal: a confirmation that is `Pending`, an account that is not known to be
  /// empty, a cancel-all that did not accept every cancel.
  bool isIncomplete = false;

  /// The error of a failed call. For a success that reports a doubt, the error that describes it. Otherwise null.
  const Error* error = nullptr;

  /// As `Result::call()`. Never null.
  const CallInfo* call = nullptr;

  /// What `CallOptions::context` points to, as in `AttemptEvent::context`. Null without one.
  const void* context = nullptr;
};

/// Called at the end of every call, on the thread that makes it. The call returns, or its callback runs, after that.
/// Several threads may call the observer concurrently. Its exceptions are dropped, and nothing that it does changes a
/// result. A call on a moved-from client, or on a parent's client after `fork()`, has no event.
using CallObserver = Function<void(const CallEvent& event)>;

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
