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
/// There is one event for each outcome that your app gets: one for a call, also when it was refused before anything was
/// sent; one for each entry of a batch; one for each account of a kill switch. The requests that a workflow makes on
/// its own have no event, only attempts.
///
/// No text contains a credential. Texts and pointers are valid as long as the event, so copy what you keep.
struct CallEvent {
  std::string_view operation{};  ///< the function: `cancelOrder`, also for `cancelOrderAsync`; `killSwitch`, ...
  std::string_view accountId{};  ///< empty when the call is about no account, or about none in particular
  std::string_view orderId{};    ///< empty when the call is about no single order

  /// Something may have been canceled without the broker saying so: look before you act again. Also true when a success
  /// reports a doubt: `CancelAllReport::doubt`, an account of a kill switch, a confirmation that is `Pending` in doubt.
  bool maybeApplied = false;

  /// A success that has not reached its goal: a confirmation that is `Pending`, an account that is not known to be
  /// empty, a cancel-all that did not accept every cancel.
  bool isIncomplete = false;

  /// The error of the outcome, or the error that a success reports with its doubt. Null when there is none.
  const Error* error = nullptr;

  /// As `Result::call()`. Never null.
  const CallInfo* call = nullptr;

  /// What `CallOptions::context` points to, as in `AttemptEvent::context`. Null without one.
  const void* context = nullptr;
};

/// Called at the end of every call, on the thread that makes it, before the call returns or its callback runs. Several
/// threads may call it concurrently. A call on a moved-from client, or on a parent's client after `fork()`, has no
/// event. Its exceptions are dropped, and nothing that it does changes a result.
using CallObserver = Function<void(const CallEvent& event)>;

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
