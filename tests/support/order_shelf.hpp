#pragma once

#include "core/timestamp.hpp"

#include "support/fake_transport.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace alpaca::broker::test {

/// Holds orders and lists them as the broker does: at most 500 at once, by the time of submission, with moments that it
/// may know only coarsely.
class OrderShelf {
 public:
  using Time = core::Nanotime;

  explicit OrderShelf(std::chrono::nanoseconds precision = std::chrono::nanoseconds(1)) : precision_(precision) {}

  void put(std::string id, Time submitted) { orders_.push_back({std::move(id), submitted}); }

  /// Many at once, named after the order in which they came.
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
  };

  [[nodiscard]] std::string page(const std::string& target) const {
    const bool oldestFirst = valueOf(target, "direction") == "asc";
    std::vector<Order> listed;
    for (const Order& order : orders_) {
      if (isBetween(target, order.submitted)) listed.push_back(order);
    }
    std::stable_sort(listed.begin(), listed.end(), [&](const Order& a, const Order& b) {
      return oldestFirst ? a.submitted < b.submitted : b.submitted < a.submitted;
    });
    const std::size_t most = std::min<std::size_t>(500, std::stoul(valueOf(target, "limit")));
    std::string text = "[";
    for (std::size_t i = 0; i < std::min(most, listed.size()); ++i) {
      text += std::string(i == 0 ? "" : ",") + R"({"id":")" + listed[i].id + R"(","symbol":"A","submitted_at":")" +
              core::formatTimestamp(listed[i].submitted) + "\"}";
    }
    return text + "]";
  }

  [[nodiscard]] bool isBetween(const std::string& target, Time time) const {
    const auto after = core::parseTimestamp(valueOf(target, "after"));
    const auto until = core::parseTimestamp(valueOf(target, "until"));
    return (!after || coarse(time) > coarse(after->time)) && (!until || coarse(time) < coarse(until->time));
  }

  [[nodiscard]] Time coarse(Time time) const { return time - time.time_since_epoch() % precision_; }

  static std::string valueOf(const std::string& target, const std::string& name) {
    const auto at = target.find(name + "=");
    if (at == std::string::npos) return {};
    std::string value = target.substr(at + name.size() + 1);
    value.resize(std::min(value.size(), value.find('&')));
    for (auto colon = value.find("%3A"); colon != std::string::npos; colon = value.find("%3A")) {
      value.replace(colon, 3, ":");
    }
    return value;
  }

  std::chrono::nanoseconds precision_;
  std::vector<Order> orders_;
};

}  // namespace alpaca::broker::test
