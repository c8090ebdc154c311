// Longer than 200 lines because it describes a whole broker: one class, and mostly documentation.
#pragma once

#include <alpaca/broker/credentials.hpp>
#include <alpaca/broker/export.hpp>
#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/options.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/testing/mock_fault.hpp>
#include <alpaca/broker/testing/received_request.hpp>
#include <alpaca/broker/testing/request_match.hpp>
#include <alpaca/broker/utc_time.hpp>
#include <alpaca/broker/version.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace alpaca::broker::testing {
inline namespace ALPACA_BROKER_ABI {

/// How a `MockBroker` is set up.
struct MockBrokerOptions {
  /// The credentials that the broker accepts when it starts.
  Credentials credentials{"mock-api-key", "mock-api-secret"};

  /// The port to listen on, 0 to 65535; 0: any free one.
  int port = 0;

  /// Serve https, with a certificate made for this run; trust it through `MockBroker::caFile()`.
  bool tls = false;

  /// Requests per `rateWindow`. The rate-limit headers announce it and count down; batches and polling keep to it. The
  /// default is too high to slow a test down. Requests beyond it are refused only with `refuseBeyondRateLimit`.
  int rateLimit = 10'000;

  /// The length of the window that `rateLimit` counts in, 1 s or more of the broker's time. A window begins with its
  /// first request. It ends on a whole second, so up to a second later, and `X-RateLimit-Reset` names its end exactly.
  std::chrono::seconds rateWindow{60};

  /// Answer requests beyond the limit with 429 and `Retry-After`, without acting on them.
  bool refuseBeyondRateLimit = false;

  /// How long a cancel takes to take effect, in the broker's time: see `MockBroker::advanceTime`. 0: until anyone
  /// looks. Absent: until the test calls `MockBroker::settleCancels`.
  std::optional<std::chrono::milliseconds> cancelTakes{};

  /// The broker closes a connection that was idle for this long, 1 s or more of real time.
  std::chrono::seconds idleTimeout{5};

  /// Whether the entries of the answer to "cancel all" have bodies. The API's description has them, its example does
  /// not. The body of a refused entry is the broker's error with the order's id and symbol: readable as an order, too.
  bool cancelAllBodies = true;
};

/// A broker for tests: real HTTP on 127.0.0.1, in this process, keeping orders and answering as the Broker API does.
///
/// ```cpp
/// MockBroker broker;
/// broker.addOrder(account, order, "new");
/// BrokerClient client{broker.credentials(), broker.clientOptions()};
/// EXPECT_TRUE(client.cancelOrder(account, order));
/// EXPECT_EQ(broker.orderStatus(account, order), "pending_cancel");
/// ```
///
/// What it answers, below `/v1/trading/accounts/{account_id}`:
///   - `DELETE /orders/{order_id}`: 204 for an open order, which becomes `pending_cancel` and later `canceled`: see
///     `MockBrokerOptions::cancelTakes`. 422 for an order that is final, or pending a cancel or a replacement.
///   - `DELETE /orders`, which cancels **all** orders that are listed as open: 207 with an entry for each of them.
///     The status of an entry is 200 or 422.
///   - `GET /orders/{order_id}`, `GET /orders:by_client_order_id?client_order_id=`: 200 with the order and its legs.
///   - `GET /orders`: 200 with a list, by `status`, `limit`, `after`, `until`, `direction`, `nested`, `symbols` and
///     `asset_class`. 400 for a value that it does not understand, and for a limit above 500. Also 400 for `qty_above`,
///     `qty_below` and `subtag`, which only the real broker has. It ignores other parameters. `side` is one of them:
///     the Broker API does not have it, so both sides are listed.
///   - 404 for an unknown account or order, 400 for an account id that is not a UUID. UUIDs that differ in case are the
///     same id.
///
/// and `GET /v1/clock`: 200, see `setMarketOpen`. Any other route is a 404. Wrong credentials are a 401, missing ones a
/// 403. With `MockBrokerOptions::refuseBeyondRateLimit`, a request beyond the limit is a 429. Every answer has
/// `X-Request-ID`, `X-RateLimit-*` and `Date`; errors have the body that was observed at the real broker. `HEAD` is
/// answered like `GET`. Anything that is no HTTP request is refused without these headers and is not on record.
///
/// An order is listed as open unless it is filled, canceled, expired, rejected, replaced or `held`. A `held` order is
/// listed as closed although it lives, as the broker does with the waiting leg of a bracket. A cancel of it is
/// accepted.
///
/// The legs of an order are orders of their own. With `orderClass` `bracket`, `oco` or `oto`, an order and its legs are
/// a group: the cancel of any of them cancels all that are not final. When one exit is filled whole, the others are
/// canceled. The exits are the legs, and in an OCO the order itself, too. Legs of any other order are canceled one by
/// one.
///
/// What happens to a request, in this order:
///   1. The request is put on record, and the hook of `onRequest` runs.
///   2. `failNext` decides, if it queued something for this request. Otherwise `injectFaults` does.
///   3. The broker acts on the request, unless the fault prevents it.
///   4. `delayAnswers` holds the answer back, also the answer of a fault.
///
/// Thread-safe: every function may be called at any time, from the hook of `onRequest` too. Declare the broker before
/// the client that uses it.
class ALPACA_BROKER_EXPORT MockBroker {
 public:
  /// Serves as soon as it is constructed.
  /// @throws std::runtime_error when the port cannot be bound
  /// @throws std::invalid_argument when the rate window or the idle time-out is too short, or the port is not within 0
  ///   to 65535
  explicit MockBroker(MockBrokerOptions options = {});

  /// Ends every connection at once, also one whose answer is stalled or delayed. Waits for a hook that still runs.
  ~MockBroker();
  MockBroker(const MockBroker&) = delete;
  MockBroker& operator=(const MockBroker&) = delete;

  /// `http://127.0.0.1:<port>`, or `https://...` with TLS.
  [[nodiscard]] const std::string& url() const noexcept ALPACA_BROKER_LIFETIMEBOUND;

  /// The port that it listens on.
  [[nodiscard]] int port() const noexcept;

  /// The credentials from its options. It accepts them unless they have been revoked.
  [[nodiscard]] const Credentials& credentials() const noexcept ALPACA_BROKER_LIFETIMEBOUND;

  /// A PEM file with the CA certificate behind the TLS certificate, for `TlsOptions::caFile`; empty without TLS. The
  /// file is removed with the broker.
  [[nodiscard]] const std::string& caFile() const noexcept ALPACA_BROKER_LIFETIMEBOUND;

  /// Options that point a client here; change them further as the test needs.
  [[nodiscard]] ClientOptions clientOptions() const;

  /// Makes the account known, even without an order.
  void addAccount(const AccountId& account);

  /// Makes the account and the order known; sets the order's status if it is already there. The status is the API's
  /// word for it: `new`, `partially_filled`, `filled`, `canceled`, ... The rest is made up: a limit order of today to
  /// buy 10 AAPL, with the client order id `client-` and its id. A partially filled one has 4 filled.
  /// @throws std::invalid_argument when the status is empty.
  void addOrder(const AccountId& account, const OrderId& order, std::string status = "new");

  /// Makes the account and exactly this order known, its legs too; replaces the order if it is already there. Defaults:
  /// the status is `new`, the filled quantity is 0, and the time of submission is now.
  void addOrder(const AccountId& account, Order order);

  /// The order as it is now, with its legs. @throws std::out_of_range when the broker does not know the order; so do
  /// all functions below that take one.
  [[nodiscard]] Order order(const AccountId& account, const OrderId& id) const;

  /// The order's status now.
  [[nodiscard]] std::string orderStatus(const AccountId& account, const OrderId& id) const;

  /// Lets all pending cancels take effect: `pending_cancel` becomes `canceled`.
  void settleCancels();

  /// Fills the order, also one that is about to be canceled. @return false when it was in a final state and stays so
  bool fillOrder(const AccountId& account, const OrderId& order);

  /// Sets the order's filled quantity to `filledQty`. It becomes `partially_filled`; one that is `pending_cancel` or
  /// `pending_replace` stays that. @return false when it was in a final state and stays so
  bool fillOrder(const AccountId& account, const OrderId& order, const Decimal& filledQty);

  /// Replaces the order by a new open one with the id `by`; the order becomes `replaced`.
  /// @return false when it was in a final state and stays so
  /// @throws std::invalid_argument when there is an order `by`
  bool replaceOrder(const AccountId& account, const OrderId& order, const OrderId& by);

  /// Puts the order into any status, with the times and quantities that go with it. A pending cancel is forgotten.
  /// @throws std::invalid_argument when the status is empty.
  void setOrderStatus(const AccountId& account, const OrderId& order, const std::string& status);

  /// Lets the order win the race: its next cancel is accepted, and then the order is filled instead of canceled, after
  /// `MockBrokerOptions::cancelTakes`. When that is absent, the order is filled at once.
  void fillDuringCancel(const AccountId& account, const OrderId& order);

  /// From now on, answers every cancel of the order with 422, whatever its status.
  void refuseCancel(const AccountId& account, const OrderId& order);

  /// From now on, accepts these credentials as well.
  void acceptCredentials(const Credentials& credentials);

  /// From now on, answers 401 to these credentials, as if their key had been revoked. Together with
  /// `acceptCredentials`, a test can replay the replacement of a key: see `ClientOptions::rotation`.
  void revokeCredentials(const Credentials& credentials);

  /// Answers the next matching request with this status, body and headers, without acting on it. Calls of both
  /// `failNext` share one queue: a request takes the oldest entry that matches it. An entry stays until then.
  /// @throws std::invalid_argument when the status is not within 200 to 599.
  void failNext(int status, std::string body = {}, std::vector<Header> headers = {}, RequestMatch match = {});

  /// Lets the next matching request meet this fault. In the hook of `onRequest`, that may be the hook's own request.
  void failNext(MockFault fault, RequestMatch match = {});

  /// From now on, lets each matching request meet one of the faults `kinds` with this probability. Empty `kinds`: any
  /// fault. The same seed draws the same sequence. If several calls match a request, the last one decides. A rate of 0
  /// ends it.
  /// @throws std::invalid_argument when the rate is not within 0 to 1.
  void injectFaults(double rate, unsigned seed, std::vector<MockFault> kinds = {}, RequestMatch match = {});

  /// From now on, acts on each matching request at once, but holds the answer back for this long, in real time. If
  /// several calls match a request, the last one decides. A delay of 0 ends it.
  void delayAnswers(std::chrono::milliseconds delay, RequestMatch match = {});

  /// The broker's time now. It dates the orders and answers, and decides when a cancel takes effect and a rate window
  /// ends. It starts at the system's time. Delays, stalls, the idle time-out and the client keep to real time.
  [[nodiscard]] UtcTime time() const;

  /// Stops the broker's time at `time`, in the past or in the future. Then only `setTime` and `advanceTime` change it.
  /// @throws std::invalid_argument when the time is not within 1970 to 2261.
  void setTime(UtcTime time);

  /// Moves the broker's time forward. If it was running, it runs on from there.
  /// @throws std::invalid_argument when `by` is negative or leads beyond 2261.
  void advanceTime(std::chrono::nanoseconds by);

  /// From now on, `GET /v1/clock` says that the market is open, as it is at first, or closed. The next opening and
  /// closing are then within a day of the broker's time. Nothing else changes: cancels take effect in a closed market.
  void setMarketOpen(bool isOpen);

  /// From now on, calls this hook with every request: the place to make races. It runs on the thread that serves the
  /// request, after the request is on record and before the mock acts on it. The hook must not throw. An empty hook
  /// ends it. A client's call that was stopped or timed out may return while the hook still runs. So what the hook
  /// refers to must outlive the mock.
  void onRequest(std::function<void(const ReceivedRequest&)> hook);

  /// Dies half-way: from now on connecting is refused, every connection is ended, and pending answers never come. All
  /// functions still work.
  void shutDown();

  /// Serves again, on the same port, with the same certificate, orders, requests and faults. Shuts down first if it has
  /// not, so connections and pending answers from before are lost.
  /// @throws std::runtime_error when another program has taken the port; the broker stays shut down.
  void restart();

  /// Everything received so far, in order of arrival, refused requests included.
  [[nodiscard]] std::vector<ReceivedRequest> requests() const;

  /// The number of requests received so far.
  [[nodiscard]] std::size_t requestCount() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker::testing
