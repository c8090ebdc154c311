#pragma once

#include "model/timestamp.hpp"

#include "support/answers.hpp"
#include "support/fake_transport.hpp"

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace alpaca::broker::test {

/// Holds orders and lists them as the broker does: at most 500 at once, by time of submission. Times may be coarse.
class OrderShelf {
 public:
  using Time = model::Nanotime;

  explicit OrderShelf(std::chrono::nanoseconds precision = std::chrono::nanoseconds(1)) : precision_(precision) {}

  /// The ways in which the broker ignores a request's parameters.
  std::size_t cap = 500;               ///< max orders of a page, whatever limit is asked for
  std::size_t rowsPerOrder = 1;        ///< more than 1: legs count towards the limit
  std::size_t shuffledWithin = 1;      ///< this many neighbours may be in any order
  std::vector<std::string> ignored{};  ///< parameters that are ignored

  void put(std::string id, Time submitted) { orders_.push_back({std::move(id), submitted}); }
  void put(std::string id, Time submitted, std::string symbol, std::string side, std::string status = "new") {
    orders_.push_back({std::move(id), submitted, std::move(symbol), std::move(side), std::move(status)});
  }

  /// Adds many orders, named after their position.
  void put(std::size_t count, Time first, std::chrono::nanoseconds apart, std::size_t atOneTime = 1) {
    for (std::size_t i = 0; i < count; ++i) {
      put("o" + std::to_string(orders_.size()), first + apart * static_cast<long>(i / atOneTime));
    }
  }

  void remove(const std::string& id) {
    orders_.erase(std::remove_if(orders_.begin(), orders_.end(), [&](const Order& order) { return order.id == id; }),
                  orders_.end());
  }

  [[nodiscard]] std::vector<std::string> ids() const {
    std::vector<std::string> ids;
    for (const Order& order : orders_) ids.push_back(order.id);
    return ids;
  }

  [[nodiscard]] http::Exchange answer(const http::HttpRequest& request) const {
    return answered(200, page(request.target.str()));
  }

 private:
  struct Order {
    std::string id;
    Time submitted;
    std::string symbol = "A";
    std::string side = "buy";
    std::string status = "new";
  };

  [[nodiscard]] std::string page(const std::string& target) const {
    const bool oldestFirst = valueOf(target, "direction") == "asc";
    std::vector<Order> listed;
    const std::string symbols = valueOf(target, "symbols");
    for (const Order& order : orders_) {
      if (isAmong(symbols, order.symbol) && isBetween(target, order.submitted)) listed.push_back(order);
    }
    std::stable_sort(listed.begin(), listed.end(), [&](const Order& a, const Order& b) {
      return oldestFirst ? a.submitted < b.submitted : b.submitted < a.submitted;
    });
    for (std::size_t i = 0; i < listed.size(); i += shuffledWithin) {
      const auto from = listed.begin() + static_cast<std::ptrdiff_t>(i);
      const auto size = std::min(shuffledWithin, listed.size() - i);
      // NOLINTNEXTLINE(cert-msc32-c,cert-msc51-cpp): the same order on every run
      std::shuffle(from, from + static_cast<std::ptrdiff_t>(size), std::minstd_rand(7));
    }
    const std::string limit = valueOf(target, "limit");
    const std::size_t most = std::min(cap, limit.empty() ? listed.size() : std::stoul(limit)) / rowsPerOrder;
    listed.resize(std::min(most, listed.size()));
    std::string text = "[";
    for (const Order& order : listed) {
      text += std::string(text.size() == 1 ? "" : ",") + R"({"id":")" + order.id + R"(","symbol":")" + order.symbol +
              R"(","side":")" + order.side + R"(","status":")" + order.status + R"(","submitted_at":")" +
              model::formatTimestamp(order.submitted) + "\"}";
    }
    return text + "]";
  }

  [[nodiscard]] bool isBetween(const std::string& target, Time time) const {
    const auto after = model::parseTimestamp(valueOf(target, "after"));
    const auto until = model::parseTimestamp(valueOf(target, "until"));
    return (!after || coarse(time) > coarse(after->time)) && (!until || coarse(time) < coarse(until->time));
  }

  [[nodiscard]] Time coarse(Time time) const { return time - time.time_since_epoch() % precision_; }

  [[nodiscard]] std::string valueOf(const std::string& target, const std::string& name) const {
    const bool isIgnored = std::find(ignored.begin(), ignored.end(), name) != ignored.end();
    return isIgnored ? std::string() : parameter(target, name);
  }

  std::chrono::nanoseconds precision_;
  std::vector<Order> orders_;
};

}  // namespace alpaca::broker::test
