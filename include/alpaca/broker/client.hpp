// Longer than other headers: it is one class, and nearly all of it is documentation.
#pragma once

#include <alpaca/broker/async.hpp>
#include <alpaca/broker/batch.hpp>
#include <alpaca/broker/batch_confirm.hpp>
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
#include <alpaca/broker/rotation.hpp>
#include <alpaca/broker/version.hpp>
#include <alpaca/broker/warm_up.hpp>

#include <memory>
#include <vector>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// Cancels orders through the Alpaca Broker API.
///
/// ```cpp
/// if (auto result = client.cancelOrder(account, order)) {
///   keep(result.call().requestId);  // accepted: the order may still fill before the cancel takes effect
/// } else if (result.error().maybeApplied) {
///   look(order);  // it may be canceled: read it before you act again
/// }
/// ```
///
/// Keep one client for the life of the app, because it holds the warm connections. Any number of threads may call it at
/// once.
///
/// **Outcomes.** Every call returns a `Result`, and `Result::call()` says how it went. A failure has one of these
/// kinds:
///
/// | kind                 | status    | after a cancel                                   | after a read       |
/// |----------------------|-----------|--------------------------------------------------|--------------------|
/// | `NotCancelable`      | 422       | final, or a cancel or replacement is pending     | -                  |
/// | `NotFound`           | 404       | no such account, or no such order in it          | the same           |
/// | `BadRequest`         | 400       | not understood; nothing was done                 | the same, also 422 |
/// | `Unauthorized`       | 401       | credentials not accepted; nothing was done       | the same           |
/// | `Forbidden`          | 403       | credentials may not do this; nothing was done    | the same           |
/// | `RateLimited`        | 429       | nothing was done; wait for `Error::retryAfter`   | the same           |
/// | `ServerError`        | 5xx       | the broker may have acted: `maybeApplied`        | no answer          |
/// | `ServerError`        | 408, 425  | nothing was done                                 | the same           |
/// | `UnexpectedResponse` | any other | the broker may have acted: `maybeApplied`        | unreadable answer  |
/// | `UnexpectedResponse` | other 4xx | nothing was done                                 | the same           |
/// | `InDoubt`            | none      | sent, but no answer came: `maybeApplied`         | no answer          |
/// | `NotSent`            | none      | the request certainly did not reach the broker   | the same           |
/// | `Aborted`            | none      | stopped, or the client destroyed; nothing sent   | the same           |
/// | `InvalidArgument`    | none      | unusable option or moved-from client; not sent   | the same           |
///
/// Look at `Error::maybeApplied` first. A read changes nothing, so its errors are never `maybeApplied`.
///
/// **Blocking.** A call returns by its deadline (`CallOptions::deadline`) at the latest. Only the functions that end in
/// `Async` return at once. Calls run on the calling thread. Calls that make several requests at once also start
/// threads, which end before the call returns. The client starts threads of its own only for asynchronous calls (at the
/// first one, or in `warmUp` with `WarmUpOptions::asyncThreads`), `ClientOptions::keepWarm` and
/// `ClientOptions::rotation`.
///
/// **Exceptions.** Calls throw only std::bad_alloc. The functions that throw more say so.
///
/// **fork().** A client belongs to the process that made it. In a child, the child's copy answers every call with
/// `Aborted`: nothing is sent, and no callback runs. Make a new client in the child. Destroying the copy there, or
/// assigning to it, never blocks and leaves the parent's connections and calls alone. The copy's memory stays in use.
class ALPACA_BROKER_EXPORT BrokerClient {
 public:
  /// Prepares a client. Opens no connection, and starts no thread unless `ClientOptions::keepWarm` or the interval of
  /// `ClientOptions::rotation` asks for one.
  ///
  /// @throws BrokerError
  ///   - `InvalidArgument`  an unusable credential or option: the message names it, the reason, and what is accepted
  ///   - `NotSent`          the libcurl found at run time lacks something that the client's guards need, or a
  ///                        background thread could not be started
  explicit BrokerClient(const Credentials& credentials, const ClientOptions& options = {});

  /// The same without exceptions: the error instead of the throw.
  static Result<BrokerClient> create(const Credentials& credentials, const ClientOptions& options = {});

  /// Stops the calls that still run on other threads, without waiting for them. They return promptly: with `Aborted`
  /// when nothing was sent yet, otherwise with `InDoubt` unless the answer is already there. Start no call any more.
  ///
  /// Asynchronous calls end in the same way, queued ones included, and the destructor waits for them. When it returns,
  /// every callback has returned and the client's threads are gone. So hold no lock that a callback takes. A callback
  /// that submits another call meanwhile gets `Aborted`.
  ///
  /// A callback may destroy the client. Then the other callbacks still run first, those queued for the same thread
  /// included. Only that one callback returns later, on a thread that then ends by itself.
  ///
  /// The destructor also waits for a request of `ClientOptions::keepWarm` and for a provider of
  /// `ClientOptions::rotation`, unless their own thread destroys the client. Calls that wait for the provider end at
  /// once, as `Unauthorized`.
  ///
  /// In a child made by `fork()`, it does nothing and does not wait.
  ~BrokerClient();

  /// A moved-from client can only be destroyed or assigned to; a call on it returns `InvalidArgument`. No call may run
  /// on a client while it is moved or assigned to. Outstanding asynchronous calls move along.
  BrokerClient(BrokerClient&&) noexcept;

  /// Ends the client that is assigned to as if it were destroyed; see the move above.
  BrokerClient& operator=(BrokerClient&&) noexcept;
  BrokerClient(const BrokerClient&) = delete;
  BrokerClient& operator=(const BrokerClient&) = delete;

  // NOLINTBEGIN(modernize-use-nodiscard): a Result is nodiscard itself

  /// Asks the broker to cancel one open order. Success (204) means *accepted*: the order may still fill before the
  /// cancel takes effect.
  ///
  /// The client retries as `ClientOptions::retry` says, because a second cancel of the same order does no harm. What an
  /// attempt may have done stays in the result: after an unanswered attempt even `NotCancelable` and `NotFound` are
  /// `maybeApplied`.
  ///
  /// @see https://docs.alpaca.markets/reference/deleteorderforaccount
  Result<CancelAccepted> cancelOrder(const AccountId& account, const OrderId& order,
                                     const CallOptions& options = {}) const;

  /// Reads one order, as it was when the broker answered. Right after an accepted cancel it can still be `new` or
  /// `pending_cancel`, and can still fill.
  ///
  /// The client retries wherever that can help. An answer that was cut off, or is about another order, is an error.
  ///
  /// @see https://docs.alpaca.markets/reference/getorderforaccount
  Result<Order> getOrder(const AccountId& account, const OrderId& order, const CallOptions& options = {}) const;

  /// Reads the order that your own program gave this id. Use it when it is unknown whether an order was placed.
  ///
  /// @return as `getOrder`
  ///
  /// @see https://docs.alpaca.markets/reference/getorderbyclientorderidforaccount
  Result<Order> getOrderByClientOrderId(const AccountId& account, const ClientOrderId& order,
                                        const CallOptions& options = {}) const;

  /// Lists all orders that match the filter: by default the open ones, newest first.
  ///
  /// The client checks the filter on every order that the broker lists. It reads long lists page by page within one
  /// deadline, and loses or doubles no order between two pages. A page that is not full may not be the last one, so one
  /// more request asks for the list from its other end. An order that is placed, filled or canceled meanwhile may be in
  /// the list or not.
  ///
  /// @return the orders, or the error of the page that failed: a list is never cut short silently. Also
  ///   - `InvalidArgument`          an unusable `OrderFilter`, named by field; nothing was sent
  ///   - `UnexpectedResponse`       an entry that cannot be read as an order; or a list that is not sorted by the time
  ///                                of submission; or 500 or more orders with the same time of submission. No request
  ///                                can ask for more of those, so ask for fewer by symbol.
  ///
  /// @see https://docs.alpaca.markets/reference/getallordersforaccount
  Result<std::vector<Order>> listOrders(const AccountId& account, const OrderFilter& filter = {},
                                        const CallOptions& options = {}) const;

  /// Asks the broker to cancel **all** open orders of the account. Check `CancelAllReport::allAccepted()`: success
  /// (207) means only that the broker said for each order whether it accepted the cancel.
  ///
  /// The client does not repeat the request when it may have been applied, because a second one would also cancel
  /// orders that were placed in between. When no clear answer came, the client lists the open orders in the time that
  /// is left. Then the report has `doubt` and `open` instead of `entries`.
  ///
  /// @return the report on 207, or after doubt when the open orders could be listed; else an error. After doubt,
  ///   `Result::call()` counts the requests for the list, too, and has the request id of the cancel.
  ///
  /// @see https://docs.alpaca.markets/reference/deleteallordersforaccount
  Result<CancelAllReport> cancelAllOrders(const AccountId& account, const CallOptions& options = {}) const;

  /// Cancels many orders of any number of accounts, several at once, each like `cancelOrder`.
  ///
  /// An order that is given twice is canceled once. The batch keeps within the broker's rate limit. Every answer says
  /// what is left of it, and the batch waits for the next window instead of running into 429s.
  ///
  /// @return a report with one entry for each order, in the given order, whatever happened. An unsent entry is
  ///   `NotSent` because of the deadline, with `retryAfter` if the rate limit was the reason, or `Aborted` because of a
  ///   stop. An error means that the whole batch was refused, for instance for unusable options: nothing was sent.
  ///   `attempts` and `sends` of `Result::call()` count all cancels. Request id and rate limit are those of each entry.
  ///
  /// Returns by `BatchOptions::call.deadline`, 60 s by default. One cancel has the client's deadline within it.
  ///
  /// @see https://docs.alpaca.markets/reference/deleteorderforaccount
  Result<BatchReport> cancelOrders(const std::vector<OrderRef>& orders, const BatchOptions& options = {}) const;

  /// Cancels an order and follows it until it is final or the deadline passes.
  ///
  /// The client sends the cancel like `cancelOrder`, within half of the time, then reads the order repeatedly. Where
  /// the cancel was refused or left in doubt, a read tells the truth. While the order is open, the client cancels it
  /// again.
  ///
  /// @return what is proven: `CancelConfirmation::outcome` says how the order ended. `Pending` means that a cancel is
  ///   accepted and has not taken effect yet, or that this could not be read. An accepted cancel never becomes an error
  ///   because a read failed. Otherwise the error of the cancel. It is `maybeApplied` when no read could resolve the
  ///   doubt, and `NotCancelable` when the broker refuses although the order is open. `Result::call()` counts the
  ///   cancels; its `elapsed` is the time of the whole confirmation.
  ///
  /// @see https://docs.alpaca.markets/reference/deleteorderforaccount
  /// @see https://docs.alpaca.markets/reference/getorderforaccount
  Result<CancelConfirmation> cancelOrderAndConfirm(const AccountId& account, const OrderId& order,
                                                   const ConfirmOptions& options = {}) const;

  /// Cancels many orders of any number of accounts and follows each of them, several at once, each like
  /// `cancelOrderAndConfirm`. All cancels go out before the first order is read.
  ///
  /// An order that is given twice is canceled once. The batch keeps within the broker's rate limit, as `cancelOrders`
  /// does; its reads leave a tenth of the limit to cancels. Each order takes a cancel and at least one read. For whole
  /// accounts, `killSwitch` takes fewer requests, because it reads lists.
  ///
  /// @return a report with one entry for each order, in the given order, whatever happened. An error means that the
  ///   whole batch was refused, for instance for unusable options: nothing was sent. `Result::call()` counts the
  ///   cancels of all orders; its request id is that of the last order.
  ///
  /// Returns by `BatchConfirmOptions::confirm.call.deadline`, 60 s by default. One cancel has the client's deadline
  /// within it, and at most half of the time that is left.
  Result<BatchConfirmReport> cancelOrdersAndConfirm(const std::vector<OrderRef>& orders,
                                                    const BatchConfirmOptions& options = {}) const;

  /// Cancels all orders of these accounts, and of no others, until no order is alive.
  ///
  /// For each account, the kill switch cancels all orders, lists the rest, cancels those one by one, and looks again.
  /// It ends when no order is alive, or at the deadline or the limit of rounds. With a filter in the options, it
  /// cancels only the orders that match, one by one.
  ///
  /// Only a final status ends an order. The broker lists live orders (`held`) as closed, so the client reads the closed
  /// orders, too. A refused list or a rate limit does not end it early. An account that hangs does not delay others.
  /// Orders that appear meanwhile are canceled, too, if the last look shows them. Positions stay as they are. It is
  /// safe to call again.
  ///
  /// @return for each account: the orders that were canceled, filled meanwhile, are still open and why, or are unknown.
  ///   An account that is named twice counts once. `attempts` and `sends` of `Result::call()` count all requests; its
  ///   request id is that of the last account. Or
  ///   `InvalidArgument` when no account is named or an option is unusable: nothing was sent then.
  ///
  /// Returns by `KillSwitchOptions::call.deadline`, 30 s by default.
  ///
  /// @see https://docs.alpaca.markets/reference/deleteallordersforaccount
  Result<KillSwitchReport> killSwitch(const std::vector<AccountId>& accounts,
                                      const KillSwitchOptions& options = {}) const;

  /// Opens `connections` connections in advance, so that the first cancel takes one round trip instead of three. Also
  /// reveals bad credentials or a blocked route.
  ///
  /// The client asks for the market's clock on all of them at once. Each request counts towards the rate limit. Open
  /// connections are used first, so a second call opens none. Connections that other calls are using count, too. A
  /// connection stays warm until the broker, or something on the way, closes it for being idle. So warm up shortly
  /// before you need it, or see `ClientOptions::keepWarm`.
  ///
  /// Starts no thread that outlives the call, unless `WarmUpOptions::asyncThreads` asks for those of asynchronous
  /// calls: `connections` of them, once the connections are warm. Threads that cannot be started are reported.
  ///
  /// @return the report when the broker answered on at least one connection, or enough were in use already. Check
  ///   `WarmUpReport::allWarm()`. Otherwise the error of the first request. `UnexpectedResponse` may mean that
  ///   something other than the broker answered, such as the log-in page of a network. Refused credentials are an error
  ///   even when other connections got answers. `InvalidArgument` unless `connections` is 1 to
  ///   `ClientOptions::maxConnections`.
  ///
  /// @see https://docs.alpaca.markets/reference/querymarketclock
  Result<WarmUpReport> warmUp(int connections, const WarmUpOptions& options = {}) const;

  /// Asks the provider of `ClientOptions::rotation` for credentials now, without waiting for an interval or a refusal.
  /// Call it after you have replaced a key and before the old one is revoked: then no call is refused.
  ///
  /// Blocks until the provider has answered, up to the deadline. Of the options, only deadline and stop have a meaning.
  /// A question that was running already does not count, as its answer may be older than the new key; calls that wait
  /// at the same time share the next question. Other calls of the client go on meanwhile. Sends nothing to the broker,
  /// so it does not check whether the broker accepts the credentials: see `warmUp`.
  ///
  /// @return `RotationReport::replaced` says whether newer credentials are in use now. Errors change no credentials:
  ///   - `NotSent`          the provider threw, returned unusable credentials or made this call itself; or no thread
  ///                        could be started to ask it; or it did not answer in time. A late answer is used as well.
  ///   - `Aborted`          the call was stopped, or the client is being destroyed
  ///   - `InvalidArgument`  no provider, an unusable option, or a moved-from client
  Result<RotationReport> rotateNow(const CallOptions& options = {}) const;

  /// Submits a cancel of one order and returns at once. `done` gets what `cancelOrder` would have returned.
  ///
  /// The call runs on the client's own threads, at most `ClientOptions::maxConnections` of them, started as needed or
  /// by `warmUp`. Cancels overtake all queued reads. The deadline counts from here: a call that is still queued then
  /// ends as `NotSent`. Never waits for a call; nothing is looked up, connected or sent on this thread.
  ///
  /// @return `Submitted`, and `done` is called exactly once, on one of the client's threads, perhaps before this
  ///   returns. Or an error, and `done` is never called:
  ///   - `NotSent`          the queue is full (`ClientOptions::asyncQueueCapacity`), or no thread could be started; it
  ///                        is safe to call again
  ///   - `Aborted`          the client is being destroyed
  ///   - `InvalidArgument`  an empty callback, an unusable option, or a moved-from client
  Result<Submitted> cancelOrderAsync(const AccountId& account, const OrderId& order, Callback<CancelAccepted> done,
                                     const CallOptions& options = {}) const;

  /// Like `cancelOrderAsync`, for `cancelOrderAndConfirm`. It holds a thread only during a request, not while it waits
  /// for the next one. So thousands of orders can be followed at once. Its cancel overtakes all queued reads, its reads
  /// do not.
  Result<Submitted> cancelOrderAndConfirmAsync(const AccountId& account, const OrderId& order,
                                               Callback<CancelConfirmation> done,
                                               const ConfirmOptions& options = {}) const;

  /// Like `cancelOrderAsync`, for `getOrder`. Reads wait for all queued cancels, and never take the last thread.
  Result<Submitted> getOrderAsync(const AccountId& account, const OrderId& order, Callback<Order> done,
                                  const CallOptions& options = {}) const;

  /// Like `getOrderAsync`, for `listOrders`. An unusable filter is refused here, as an unusable option is.
  Result<Submitted> listOrdersAsync(const AccountId& account, const OrderFilter& filter,
                                    Callback<std::vector<Order>> done, const CallOptions& options = {}) const;

  // NOLINTEND(modernize-use-nodiscard)

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
