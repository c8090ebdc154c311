#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace alpaca::broker::bench {

/// Where the broker of the measurements is, and what it wants to be told; the same for every client.
struct Site {
  std::string host;
  int port = 0;
  std::string caFile;  // the system's authorities and the server's own certificate, as one file
  std::string key;
  std::string secret;
  std::string account;

  [[nodiscard]] std::string url() const { return "https://" + host + ":" + std::to_string(port); }
  [[nodiscard]] std::string authority() const { return host + ":" + std::to_string(port); }
  [[nodiscard]] std::string ordersPath() const { return "/v1/trading/accounts/" + account + "/orders/"; }
};

/// Ids of orders, all of one length. Whoever is given them keeps a reference.
using Orders = std::vector<std::string>;

/// One way to send cancels, used by one thread at a time. What can be prepared is prepared when it is made; a
/// connection is opened by the first call, and by those that find it closed.
class Client {
 public:
  Client() = default;
  virtual ~Client() = default;
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Cancels `orders[index]` and returns the status of the answer. Throws when there is none.
  virtual int cancel(std::size_t index) = 0;
};

using MakeClient = std::unique_ptr<Client> (*)(const Site& site, const Orders& orders);

/// One way to cancel many orders over so many connections.
class Batch {
 public:
  Batch() = default;
  virtual ~Batch() = default;
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  /// Gets ready what a program would have at hand: called before the time is taken.
  virtual void prepare(std::size_t /*count*/) {}

  /// Cancels the first `count` orders, those prepared for; throws unless all are answered with 204.
  virtual void cancelAll(std::size_t count) = 0;
};

using MakeBatch = std::unique_ptr<Batch> (*)(const Site& site, const Orders& orders, int connections);

}  // namespace alpaca::broker::bench
