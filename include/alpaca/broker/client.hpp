#pragma once

#include <alpaca/broker/async.hpp>
#include <alpaca/broker/batch.hpp>
#include <alpaca/broker/cancel.hpp>
#include <alpaca/broker/cancel_all.hpp>
#include <alpaca/broker/confirm.hpp>
#include <alpaca/broker/credentials.hpp>
#include <alpaca/broker/export.hpp>
#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/kill_switch.hpp>
#include <alpaca/broker/options.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/order_filter.hpp>
#include <alpaca/broker/result.hpp>
#include <alpaca/broker/version.hpp>
#include <alpaca/broker/warm_up.hpp>

#include <future>
#include <memory>
#include <string_view>
#include <vector>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// Cancels orders through the Alpaca Broker API.
///
/// Keep one for the life of the app: it holds the warm connections. Any number of threads may call it at once. Calls
/// run on the calling thread; only the asynchronous ones run on threads of the client's own, and only the first of them
/// starts any, except for those of `ClientOptions::keepWarm` and `ClientOptions::rotation`.
///
/// A client belongs to the process that made it. In a child made by `fork()`, the child's copy answers every call with
/// `Aborted`: nothing is sent, and no callback runs. Make a new client in the child. Destroying the copy there, or
/// assigning to it, never blocks and leaves the parent's connections and calls alone; the copy's memory stays in use.
class ALPACA_BROKER_EXPORT BrokerClient {
 public:
  /// Prepares a client; opens no connection, and starts no thread, unless `ClientOptions::keepWarm` or the
  /// interval of `ClientOptions::rotation` asks for it.
  ///
  /// @throws BrokerError (`InvalidArgument`) naming the credential or option that is unusable, why, and what is
  ///   accepted; (`NotSent`) when the libcurl found at run time lacks something that the client's guards need, or when
  ///   there is no thread for these two.
  explicit BrokerClient(const Credentials& credentials, const ClientOptions& options = {});

  /// Stops the calls that are still running on other threads: they return promptly, with `Aborted` when nothing was
  /// sent yet, otherwise with `InDoubt` unless the answer is already there. Does not wait for them. No call may be
  /// started any more.
  ///
  /// Asynchronous calls end in the same way, those that still wait included, and for them it waits: when it returns,
  /// every callback has returned, every future is ready and the client's threads are gone. So hold no lock that a
  /// callback takes. A callback that submits meanwhile is refused with `Aborted`. In a callback that destroys the
  /// client the others are completed likewise, those that wait on this very thread; only the callback itself is still
  /// to return, on a thread that then ends by itself. For a request of `ClientOptions::keepWarm` it waits, too, unless
  /// the observer that is told of it is what destroys the client; and so for a provider of credentials that is being
  /// asked, unless that destroys the client. Calls that wait for it end at once, as `Unauthorized`.
  ///
  /// In a child made by `fork()`, destroying the copy of a client of the parent does nothing and does not wait.
  ~BrokerClient();

  /// The moved-from client can only be destroyed or assigned to; a call on it returns `InvalidArgument`. No call may be
  /// running on a client while it is moved or assigned to; asynchronous calls that are outstanding go along with a
  /// client that is moved, and end with one that is assigned to, as if it were destroyed.
  BrokerClient(BrokerClient&&) noexcept;

  /// The client that is assigned to ends as if it were destroyed; see the move above.
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

  /// Reads one order.
  ///
  /// What it says was so when the broker answered: right after an accepted cancel an order can still be `new` or
  /// `pending_cancel`, and can still fill.
  ///
  /// @return the `Order` on 200, or an `Error` whose kind is
  ///   - `NotFound` (404)           no such account, or no such order in it
  ///   - `BadRequest` (400, 422)    the broker did not understand the request
  ///   - `Unauthorized` (401), `Forbidden` (403)   the credentials
  ///   - `RateLimited` (429)        `retryAfter` says how long to wait, if the broker said so
  ///   - `ServerError`              5xx, 408, 425
  ///   - `UnexpectedResponse`       any other status, or a 200 that cannot be read as this order
  ///   - `InDoubt`                  it was sent and no answer came
  ///   - `NotSent`                  it did not reach the broker
  ///   - `Aborted`                  stopped, or the client destroyed, before anything was sent
  ///   - `InvalidArgument`          an unusable `CallOptions`, or a moved-from client; nothing was sent
  ///
  /// Reading changes nothing: it is tried again, as `ClientOptions::retry` says, wherever that can help, and no error
  /// of it is `maybeApplied`. An answer that was cut off is no answer.
  ///
  /// Blocks until the deadline at most. Thread-safe. Throws nothing but std::bad_alloc.
  ///
  /// @see https://docs.alpaca.markets/reference/getorderforaccount
  Result<Order> getOrder(const AccountId& account, const OrderId& order, const CallOptions& options = {});

  /// Reads the order that your own program gave this `client_order_id`: what to do when it is not known whether an
  /// order was placed.
  ///
  /// @return as `getOrder`; also `InvalidArgument`, before anything is sent, unless the id is 1 to 128 printable ASCII
  ///   characters.
  ///
  /// Blocks until the deadline at most. Thread-safe. Throws nothing but std::bad_alloc.
  ///
  /// @see https://docs.alpaca.markets/reference/getorderbyclientorderidforaccount
  Result<Order> getOrderByClientOrderId(const AccountId& account, std::string_view clientOrderId,
                                        const CallOptions& options = {});

  /// Lists orders: all that the filter lets pass, by default the open ones, newest first.
  ///
  /// Whatever the filter promises is checked on every order that the broker lists. Longer lists than one answer holds
  /// are read page by page, without losing or doubling an order between two pages, within the one deadline of the call;
  /// `OrderFilter::limit` ends them early. A page that is not full is not taken for the last one: one more request asks
  /// for the list from its other end. Orders that are placed, filled or canceled meanwhile may be in the list or not.
  ///
  /// @return the orders, or an `Error` as of `getOrder`, whatever page it was that failed: a list is never cut short
  ///   without saying so. The `CallInfo` of an error counts the requests for all pages. Besides these,
  ///   - `InvalidArgument`          an unusable `OrderFilter`, named by field; nothing was sent
  ///   - `UnexpectedResponse`       also when an entry cannot be read as an order; when the list is not sorted by the
  ///                                time of submission; or when 500 or more orders share one such time: no request can
  ///                                ask for those beyond, so ask for fewer by symbol
  ///
  /// Blocks until the deadline at most. Thread-safe. Throws nothing but std::bad_alloc.
  ///
  /// @see https://docs.alpaca.markets/reference/getallordersforaccount
  Result<std::vector<Order>> listOrders(const AccountId& account, const OrderFilter& filter = {},
                                        const CallOptions& options = {});

  /// Asks the broker to cancel **all** open orders of the account.
  ///
  /// Success means that the broker has told of each order what it did: accepted or refused, in `entries`. As with one
  /// order, an accepted one may still fill before the cancel takes effect. Check `allAccepted()`.
  ///
  /// It is sent once. Unlike the cancel of one order it is not repeated when it may have been acted upon, for a second
  /// one would also take orders that were placed in between. When no clear answer came, the open orders are listed in
  /// the time that is left, and the report has `doubt` and `open` instead of `entries`.
  ///
  /// @return `CancelAllReport` on 207, or after doubt when the open orders could be listed; else an `Error` whose kind
  ///   is
  ///   - `NotFound` (404)           no such account
  ///   - `BadRequest` (400, 422)    the broker did not understand the request and did nothing
  ///   - `Unauthorized` (401), `Forbidden` (403)   the credentials; nothing was done
  ///   - `RateLimited` (429)        nothing was done; `retryAfter` says how long to wait, if the broker said so
  ///   - `ServerError`              5xx, and the list failed, too (`maybeApplied`); 408, 425: nothing was done
  ///   - `UnexpectedResponse`       any other status, or a 207 that does not say what became of each order; 2xx, 3xx:
  ///                                the list failed, too (`maybeApplied`)
  ///   - `InDoubt`                  it was sent, no answer came, and the list failed, too
  ///   - `NotSent`                  it certainly did not reach the broker; the orders are as they were
  ///   - `Aborted`                  stopped, or the client destroyed, before anything was sent
  ///   - `InvalidArgument`          an unusable `CallOptions`, or a moved-from client; nothing was sent
  ///
  /// Blocks until the deadline at most, the list included. Thread-safe. Throws nothing but std::bad_alloc.
  ///
  /// @see https://docs.alpaca.markets/reference/deleteallordersforaccount
  Result<CancelAllReport> cancelAllOrders(const AccountId& account, const CallOptions& options = {});

  /// Cancels many orders, of any number of accounts: each like `cancelOrder`, several at once.
  ///
  /// An order that is given twice is canceled once. The batch keeps within the broker's rate limit: it takes from every
  /// answer what the limit leaves, and waits for the next window rather than run into 429s.
  ///
  /// @return an entry for each order, in the order they were given in, whatever happened: see `cancelOrder` for the
  ///   outcomes. Besides those, `NotSent` (with `retryAfter` where the rate limit was why) for what the deadline left
  ///   no time for, `Aborted` for what a stop came before, and `InvalidArgument` in every entry and in
  ///   `BatchReport::refusal` for unusable options, where nothing was sent at all.
  ///
  /// Blocks until `BatchOptions::deadline` at most; one cancel has the client's own deadline within it. Runs on threads
  /// of its own, which end before it returns. Thread-safe. Throws nothing but std::bad_alloc.
  ///
  /// @see https://docs.alpaca.markets/reference/deleteorderforaccount
  BatchReport cancelOrders(const std::vector<OrderRef>& orders, const BatchOptions& options = {});

  /// Cancels an order and follows it until it is final or the deadline passes.
  ///
  /// Sends the cancel like `cancelOrder`, within half of the time, then reads the order again and again. Where the
  /// cancel was refused or left in doubt, a read tells the truth, and while that shows the order open, the cancel is
  /// sent again.
  ///
  /// @return what is proven, or the error of the cancel when nothing is. A value means that the order is final, however
  ///   it came to that (`CancelConfirmation::outcome`), or `Pending`: the cancel is accepted but has not taken effect
  ///   yet, or that could not be read. An accepted cancel never becomes an error because of a read that failed.
  ///   Errors are those of `cancelOrder`: `maybeApplied` ones when not even reading could resolve the doubt,
  ///   `NotCancelable` when the broker refuses although the order is still open, the others when nothing was canceled.
  ///
  /// Blocks until the deadline at most. Thread-safe. Throws nothing but std::bad_alloc.
  ///
  /// @see https://docs.alpaca.markets/reference/deleteorderforaccount
  /// @see https://docs.alpaca.markets/reference/getorderforaccount
  Result<CancelConfirmation> cancelOrderAndConfirm(const AccountId& account, const OrderId& order,
                                                   const ConfirmOptions& options = {});

  /// Stops everything in these accounts, and in no others. For each account it cancels all orders, lists what is left,
  /// cancels that one by one, and looks again, until no order is alive or the deadline or the limit of rounds is
  /// reached. With a filter in the options, it cancels only the orders that the filter means, one by one.
  ///
  /// Only a final status ends an order: the broker lists live ones (`held`) as closed, too, so those are read as well.
  /// No answer of one moment ends it, neither a refused list nor a rate limit. Accounts that hang hold up no others.
  /// Orders that appear meanwhile are canceled, too, if they are there at the last look. Positions stay as they are.
  /// Safe to call again: it takes up whatever is open then.
  ///
  /// @return for each account what was canceled, what was filled meanwhile, what is still open and why, and what is not
  ///   known; an account that is named twice counts once. Or `InvalidArgument` when no account is named or an option is
  ///   unusable: nothing was sent then.
  ///
  /// Blocks until `KillSwitchOptions::deadline` at most. Runs on threads of its own, which end before it returns.
  /// Thread-safe. Throws nothing but std::bad_alloc.
  ///
  /// @see https://docs.alpaca.markets/reference/deleteallordersforaccount
  Result<KillSwitchReport> killSwitch(const std::vector<AccountId>& accounts, const KillSwitchOptions& options = {});

  /// Makes sure that so many connections stand, before they are needed: the first cancel after it takes one round trip
  /// instead of three, and credentials or a route that do not work show here.
  ///
  /// Asks for the market's clock on all of them at once. Connections that stand are used for it before any is opened,
  /// so that a second call opens none; those that other calls are using count, too, and are left alone. A standing
  /// connection stays warm until the broker, or something on the way, closes it for being idle: warm up shortly before,
  /// or see `ClientOptions::keepWarm`.
  ///
  /// A value does not mean that all are warm: check `WarmUp::allWarm()`.
  ///
  /// @return `WarmUp` when the broker answered on one connection or more, or enough were in use already; else an
  ///   `Error` whose kind is
  ///   - `Unauthorized` (401), `Forbidden` (403)   the credentials, wherever they were refused, even if others were not
  ///
  ///   or, when no connection could be warmed, that of the first,
  ///   - `UnexpectedResponse`       a 200 that is not the clock: something else than the broker answered, like the page
  ///                                of a network that wants a log-in; or any other status
  ///   - `NotFound` (404), `BadRequest` (400, 422)   not what answers for the Broker API
  ///   - `RateLimited` (429)        `retryAfter` says how long to wait, if the broker said so
  ///   - `ServerError`              5xx, 408, 425
  ///   - `InDoubt`                  it was sent and no answer came
  ///   - `NotSent`                  the broker could not be reached, or the rate limit leaves no request before the
  ///                                deadline (`retryAfter`)
  ///   - `Aborted`                  stopped, or the client destroyed, before anything was sent
  ///   - `InvalidArgument`          not 1 to `ClientOptions::maxConnections` connections, an unusable `CallOptions`, or
  ///                                a moved-from client; nothing was sent
  ///
  /// Costs a request for each connection, of the correspondent's rate limit. Tried again like any read; nothing is
  /// changed, and no error is `maybeApplied`.
  ///
  /// Blocks until the deadline at most. Runs on threads of its own, which end before it returns. Thread-safe. Throws
  /// nothing but std::bad_alloc.
  ///
  /// @see https://docs.alpaca.markets/reference/querymarketclock
  Result<WarmUp> warmUp(int connections, const CallOptions& options = {});

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

  /// Like `cancelOrderAsync`, for `getOrder`. Reads wait for all cancels, and never take the last of the threads.
  Result<Submitted> getOrderAsync(const AccountId& account, const OrderId& order, Callback<Order> done,
                                  const CallOptions& options = {});

  /// The same with the result, or the refusal, in a future.
  std::future<Result<Order>> getOrderAsync(const AccountId& account, const OrderId& order,
                                           const CallOptions& options = {});

  /// Like `getOrderAsync`, for `listOrders`.
  Result<Submitted> listOrdersAsync(const AccountId& account, const OrderFilter& filter,
                                    Callback<std::vector<Order>> done, const CallOptions& options = {});

  /// The same with the result, or the refusal, in a future.
  std::future<Result<std::vector<Order>>> listOrdersAsync(const AccountId& account, const OrderFilter& filter = {},
                                                          const CallOptions& options = {});

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
