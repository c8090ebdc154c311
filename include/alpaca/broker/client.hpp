#pragma once

#include <alpaca/broker/async.hpp>
#include <alpaca/broker/cancel.hpp>
#include <alpaca/broker/credentials.hpp>
#include <alpaca/broker/export.hpp>
#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/options.hpp>
#include <alpaca/broker/result.hpp>

#include <future>
#include <memory>

namespace alpaca::broker {

/// Cancels orders through the Alpaca Broker API.
///
/// Keep one for the life of the app: it holds the warm connections. Any number of threads may call it at once. Calls
/// run on the calling thread; only the asynchronous ones run on threads of the client's own, and only the first of them
/// starts any. After `fork()` both processes may go on using their copy; the child opens connections, and starts
/// threads, of its own; what was outstanding stays the parent's.
class ALPACA_BROKER_EXPORT BrokerClient {
 public:
  /// Prepares a client; opens no connection.
  ///
  /// @throws BrokerError (`InvalidArgument`) naming the credential or option that is unusable, why, and what is
  ///   accepted; (`NotSent`) when the libcurl found at run time lacks something that the client's guards need.
  explicit BrokerClient(const Credentials& credentials, const ClientOptions& options = {});

  /// Stops the calls that are still running on other threads: they return promptly, with `Aborted` when nothing was
  /// sent yet, otherwise with `InDoubt` unless the answer is already there. Does not wait for them. No call may be
  /// started any more.
  ///
  /// Asynchronous calls end in the same way, those that still wait included, and for them it waits: when it returns,
  /// every callback has returned, every future is ready and the client's threads are gone. So hold no lock that a
  /// callback takes. A callback that submits meanwhile is refused with `Aborted`. In a callback that destroys the
  /// client the others are completed likewise, those that wait on this very thread; only the callback itself is still
  /// to return, on a thread that then ends by itself.
  ~BrokerClient();

  /// The moved-from client can only be destroyed or assigned to; a call on it returns `InvalidArgument`. No call may be
  /// running on a client while it is moved or assigned to; asynchronous calls that are outstanding go along with a
  /// client that is moved, and end with one that is assigned to, as if it were destroyed.
  BrokerClient(BrokerClient&&) noexcept;
  BrokerClient& operator=(BrokerClient&&) noexcept;
  BrokerClient(const BrokerClient&) = delete;
  BrokerClient& operator=(const BrokerClient&) = delete;

  /// Asks the broker to cancel one open order.
  ///
  /// Success means that the request was *accepted*: the order may still fill before the cancel takes effect.
  ///
  /// @return `CancelAccepted` on 204, or an `Error` whose kind is
  ///   - `NotCancelable` (422)      already filled, canceled or expired, or being replaced
  ///   - `NotFound` (404)           no such account, or no such order in it
  ///   - `BadRequest` (400)         the broker did not understand the request and did nothing
  ///   - `Unauthorized` (401), `Forbidden` (403)   the credentials; nothing was done
  ///   - `RateLimited` (429)        nothing was done; `retryAfter` says how long to wait, if the broker said so
  ///   - `ServerError`              5xx: the broker may have acted (`maybeApplied`); 408, 425: it did not
  ///   - `UnexpectedResponse`       any other status; 2xx, 3xx: the broker may have acted (`maybeApplied`)
  ///   - `InDoubt`                  it was sent and no answer came: look at the order before acting again
  ///   - `NotSent`                  it certainly did not reach the broker; the order is as it was
  ///   - `Aborted`                  stopped, or the client destroyed, before anything was sent
  ///   - `InvalidArgument`          an unusable `CallOptions`, or a moved-from client; nothing was sent
  ///
  /// Tries again, as `ClientOptions::retry` says, where that can help: a second cancel of the same order can do no
  /// harm. What an attempt may have done stays in the result: after an unanswered one even `NotCancelable` and
  /// `NotFound` are `maybeApplied`. `CallInfo::sends` says how many requests may have reached the broker.
  ///
  /// Blocks until the deadline at most. Thread-safe. Throws nothing but std::bad_alloc.
  ///
  /// @see https://docs.alpaca.markets/reference/deleteorderforaccount
  Result<CancelAccepted> cancelOrder(const AccountId& account, const OrderId& order, const CallOptions& options = {});

  /// Submits a cancel of one order and returns at once; `done` gets what `cancelOrder` would have returned.
  ///
  /// Nothing is looked up, connected or sent on this thread: it hands the call over to the client's own threads, at
  /// most `ClientOptions::maxConnections` of them, started as they are needed. Cancels overtake all reads that wait.
  /// Time counts from here: a call whose deadline passes while it waits ends as `NotSent`.
  ///
  /// @return `Submitted`, and `done` is called exactly once, on one of the client's threads, perhaps before this
  ///   returns; or an `Error`, and `done` is never called, whose kind is
  ///   - `NotSent`          `ClientOptions::asyncQueueCapacity` calls wait already, or no thread could be started; the
  ///                        order is as it was, and it is safe to call again
  ///   - `Aborted`          the client is being destroyed
  ///   - `InvalidArgument`  an empty callback, an unusable `CallOptions`, or a moved-from client
  ///
  /// Never waits for a call. The first one starts a thread. Thread-safe. Throws nothing but std::bad_alloc.
  Result<Submitted> cancelOrderAsync(const AccountId& account, const OrderId& order, Callback<CancelAccepted> done,
                                     const CallOptions& options = {});

  /// The same with the result, or the refusal, in a future. Dropping the future drops the result, not the call.
  std::future<Result<CancelAccepted>> cancelOrderAsync(const AccountId& account, const OrderId& order,
                                                       const CallOptions& options = {});

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace alpaca::broker
