#pragma once

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace alpaca::broker::bench {

inline constexpr const char* kHost = "127.0.0.1";
inline constexpr const char* kKey = "CKBENCH0123456789ABC";
inline constexpr const char* kSecret = "a-secret-that-opens-nothing-0123456789ab";
/// The `Authorization` header of these two; `nginx.conf` expects it.
inline constexpr const char* kAuthorization =
    "Basic Q0tCRU5DSDAxMjM0NTY3ODlBQkM6YS1zZWNyZXQtdGhhdC1vcGVucy1ub3RoaW5nLTAxMjM0NTY3ODlhYg==";
inline constexpr const char* kAccount = "3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b";
inline constexpr const char* kOrdersPath = "/v1/trading/accounts/3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b/orders/";
inline constexpr int kAccepted = 204;

/// A port of the server, or of the line that leads to it.
struct Site {
  std::string port;
  std::string caFile;  ///< the system's CA certificates and the server's own

  [[nodiscard]] std::string authority() const { return kHost + (":" + port); }
  [[nodiscard]] std::string url() const { return "https://" + authority(); }
};

/// Ids of orders. A client keeps a reference.
using Orders = std::vector<std::string>;

/// One way to send cancels, used by one thread at a time. The first call opens the connection, and so does any call
/// that finds it closed.
class Client {
 public:
  Client() = default;
  virtual ~Client() = default;
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Cancels `orders[index]` and returns the status of the answer.
  /// @throws std::exception when there is no answer
  virtual int cancel(std::size_t index) = 0;
};

using MakeClient = std::unique_ptr<Client> (*)(const Site& site, const Orders& orders);

/// One way to cancel many orders over several connections.
class Batch {
 public:
  Batch() = default;
  virtual ~Batch() = default;
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  /// Cancels all orders.
  /// @throws std::exception unless every answer is a 204
  virtual void cancelAll() = 0;
};

using MakeBatch = std::unique_ptr<Batch> (*)(const Site& site, const Orders& orders, int connections);

/// A failed call is fast, so it must not count.
inline void requireAccepted(int status) {
  if (status != kAccepted) throw std::runtime_error("an answer has status " + std::to_string(status));
}

}  // namespace alpaca::broker::bench
