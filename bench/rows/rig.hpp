#pragma once

#include "clients/client.hpp"
#include "server/nginx.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace alpaca::broker::test {
class ProcessGroup;
}

namespace alpaca::broker::bench {

inline constexpr const char* kLoopback = "loopback";
inline constexpr const char* kDelayed = "20 ms RTT";
inline constexpr std::chrono::milliseconds kRoundTrip{20};

/// A way to the server.
struct Link {
  std::string name;
  Site keepAlive;
  Site shortIdle;
  Site closing;
};

/// Another program in front of the server, which makes each way of a round trip longer.
class DelayedPorts {
 public:
  /// Takes connections at ports of its own and leads them to these.
  DelayedPorts(const std::string& program, const std::vector<int>& targets);
  ~DelayedPorts();
  DelayedPorts(const DelayedPorts&) = delete;
  DelayedPorts& operator=(const DelayedPorts&) = delete;

  [[nodiscard]] int operator[](std::size_t index) const { return ports_.at(index); }

 private:
  bool tryStart(const std::string& program, const std::vector<int>& targets);

  std::vector<int> ports_;
  std::unique_ptr<test::ProcessGroup> process_;
};

/// The server, the ways to it, and the orders: all in other processes but the orders.
class Rig {
 public:
  explicit Rig(const std::string& delayProxy);

  [[nodiscard]] const std::vector<Link>& links() const noexcept { return links_; }
  [[nodiscard]] const Link& loopback() const { return links_.at(0); }
  [[nodiscard]] const Link& delayed() const { return links_.at(1); }

  [[nodiscard]] const Orders& orders() const noexcept { return orders_; }          ///< 204
  [[nodiscard]] const Orders& fewOrders() const noexcept { return fewOrders_; }    ///< 204, 16 of them
  [[nodiscard]] const Orders& refusedOrders() const noexcept { return refused_; }  ///< 422

 private:
  Nginx server_;
  DelayedPorts delayed_;
  std::vector<Link> links_;
  Orders orders_;
  Orders fewOrders_;
  Orders refused_;
};

}  // namespace alpaca::broker::bench
