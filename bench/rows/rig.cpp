#include "rows/rig.hpp"

#include "nginx/nginx_parts.hpp"
#include "nginx/process_group.hpp"
#include "server/listener.hpp"

#include <algorithm>
#include <stdexcept>

namespace alpaca::broker::bench {
namespace {

constexpr int kMostTries = 5;
constexpr std::size_t kOrders = 10'000;
constexpr std::size_t kFewOrders = 16;

Orders ordersWith(const std::string& prefix, std::size_t count) {
  Orders orders;
  for (std::size_t i = 0; i < count; ++i) {
    std::string number = std::to_string(i);
    number.insert(0, 12 - number.size(), '0');
    orders.push_back(prefix);
    orders.back().append("-8549-4bfd-b9c3-").append(number);
  }
  return orders;
}

}  // namespace

DelayedPorts::DelayedPorts(const std::string& program, const std::vector<int>& targets) {
  for (int i = 0; i < kMostTries; ++i) {
    if (tryStart(program, targets)) return;
  }
  throw std::runtime_error(program + " does not start");
}

DelayedPorts::~DelayedPorts() = default;

bool DelayedPorts::tryStart(const std::string& program, const std::vector<int>& targets) {
  const auto oneWay = std::chrono::microseconds(kRoundTrip) / 2;
  std::vector<std::string> command{program, std::to_string(oneWay.count())};
  ports_.clear();
  for (const int target : targets) {
    ports_.push_back(test::freePort());
    command.push_back(std::to_string(ports_.back()) + ":" + std::to_string(target));
  }
  process_ = std::make_unique<test::ProcessGroup>(command);
  return std::all_of(ports_.begin(), ports_.end(), waitForListener) && !process_->isGone();
}

Rig::Rig(const std::string& delayProxy)
    : delayed_(delayProxy, {server_.keepAlivePort(), server_.shortIdlePort(), server_.closingPort()}),
      orders_(ordersWith("61e69015", kOrders)),
      fewOrders_(ordersWith("61e69015", kFewOrders)),
      refused_(ordersWith(kRefusedPrefix, kFewOrders)) {
  links_.push_back({kLoopback, server_.site(server_.keepAlivePort()), server_.site(server_.shortIdlePort()),
                    server_.site(server_.closingPort())});
  links_.push_back({kDelayed, server_.site(delayed_[0]), server_.site(delayed_[1]), server_.site(delayed_[2])});
}

}  // namespace alpaca::broker::bench
