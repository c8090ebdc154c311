#pragma once

#include <alpaca/broker/credentials.hpp>
#include <alpaca/broker/export.hpp>
#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/options.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace alpaca::broker::testing {

/// How a `MockBroker` is set up.
struct MockBrokerOptions {
  /// What the broker accepts.
  Credentials credentials{"mock-api-key", "mock-api-secret"};

  /// 0: any free one.
  int port = 0;

  /// Serve https, with a certificate made for this run; trust it through `MockBroker::caFile()`.
  bool tls = false;

  /// Requests per minute that the rate-limit headers announce. They count down; nothing is refused because of them.
  int rateLimit = 200;
};

/// A request as the broker received it.
struct ReceivedRequest {
  std::string method{};
  std::string target{};  ///< byte for byte as it stood in the request line
  std::vector<Header> headers{};
  std::string body{};

  /// The value of the first header with this name, in any case; empty when there is none.
  [[nodiscard]] std::string header(std::string_view name) const;
};

/// A broker for unit tests: real HTTP on 127.0.0.1, in this process, answering a cancel as the Broker API does.
///
/// ```cpp
/// MockBroker broker;
/// broker.addOrder(account, order, "new");
/// BrokerClient client{broker.credentials(), broker.clientOptions()};
/// EXPECT_TRUE(client.cancelOrder(account, order));
/// EXPECT_EQ(broker.orderStatus(account, order), "pending_cancel");
/// ```
///
/// What it answers to `DELETE /v1/trading/accounts/{account_id}/orders/{order_id}`:
///   - 204 for an order that is open, which becomes `pending_cancel`; `settleCancels()` makes it `canceled`
///   - 422 for an order in a final state, or pending a cancel or a replacement
///   - 404 for an unknown account or order, 400 for an account id that is not a UUID
///   - 401 for wrong credentials, 403 for none
/// Each with `X-Request-ID` and `X-RateLimit-*`, errors with the body that was observed at the real broker. Any other
/// route is a 404.
///
/// Thread-safe. Declare it before the client that uses it: a client that is still connected when the broker goes holds
/// the broker's destructor up for some seconds.
class ALPACA_BROKER_EXPORT MockBroker {
 public:
  /// Serves as soon as it is constructed. @throws std::runtime_error when the port cannot be bound.
  explicit MockBroker(MockBrokerOptions options = {});
  ~MockBroker();
  MockBroker(const MockBroker&) = delete;
  MockBroker& operator=(const MockBroker&) = delete;

  /// `http://127.0.0.1:<port>`, or `https://...` with TLS.
  [[nodiscard]] const std::string& url() const noexcept;
  [[nodiscard]] int port() const noexcept;
  [[nodiscard]] const Credentials& credentials() const noexcept;

  /// A PEM file with the authority behind the TLS certificate, for `TlsOptions::caFile`; empty without TLS. The file
  /// goes with the broker.
  [[nodiscard]] const std::string& caFile() const noexcept;

  /// Options that point a client here; change them further as the test needs.
  [[nodiscard]] ClientOptions clientOptions() const;

  /// Makes the account and the order known; replaces the order's status if it is already there. The status is the API's
  /// word for it: `new`, `partially_filled`, `filled`, `canceled`, ... @throws std::invalid_argument when it is empty.
  void addOrder(const AccountId& account, const OrderId& order, std::string status = "new");

  /// The order's status now. @throws std::out_of_range when the broker does not know the order.
  [[nodiscard]] std::string orderStatus(const AccountId& account, const OrderId& order) const;

  /// Lets all pending cancels take effect: `pending_cancel` becomes `canceled`.
  void settleCancels();

  /// Answers the next request like this, whatever it is, without acting on it. Calls queue up: first in, first out.
  /// @throws std::invalid_argument when the status is not within 200 to 599.
  void failNext(int status, std::string body = {}, std::vector<Header> headers = {});

  /// From now on, acts on a request at once but holds the answer back for this long.
  void delayAnswers(std::chrono::milliseconds delay);

  /// Everything received so far, in order of arrival, refused requests included.
  [[nodiscard]] std::vector<ReceivedRequest> requests() const;
  [[nodiscard]] std::size_t requestCount() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace alpaca::broker::testing
