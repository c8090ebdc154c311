#include "clients/clients.hpp"
#include "clients/countdown.hpp"
#include "clients/sdk.hpp"

#include <atomic>
#include <stdexcept>

namespace alpaca::broker::bench {
namespace {

constexpr std::chrono::minutes kDeadline{10};

class SdkBatch : public Batch {
 public:
  SdkBatch(const Site& site, const Orders& orders, int connections)
      : client_(sdkCredentials(), sdkOptions(site, connections)) {
    for (const OrderId& order : sdkOrders(orders)) targets_.push_back({sdkAccount(), order});
    options_.deadline = kDeadline;
    static_cast<void>(client_.warmUp(connections).value());
  }

  void cancelAll() override {
    const BatchReport report = client_.cancelOrders(targets_, options_).value();
    for (const BatchEntry& entry : report.entries) requireAccepted(statusOf(entry.result));
    if (report.entries.size() != targets_.size()) throw std::runtime_error("the batch has not an entry for each order");
  }

 private:
  BrokerClient client_;
  std::vector<OrderRef> targets_;
  BatchOptions options_;
};

ClientOptions asyncOptions(const Site& site, std::size_t orders, int connections) {
  ClientOptions options = sdkOptions(site, connections);
  options.deadline = kDeadline;  // counts from the submission
  options.asyncQueueCapacity = static_cast<int>(orders);
  return options;
}

class SdkAsync : public Batch {
 public:
  SdkAsync(const Site& site, const Orders& orders, int connections)
      : orders_(sdkOrders(orders)), client_(sdkCredentials(), asyncOptions(site, orders.size(), connections)) {
    static_cast<void>(client_.warmUp(connections).value());
  }

  void cancelAll() override {
    Countdown done(orders_.size());
    std::atomic<int> wrong{kAccepted};
    const auto callback = [&](const Result<CancelAccepted>& result) {
      if (!result) wrong = statusOf(result);
      done.count();
    };
    for (const OrderId& order : orders_) client_.cancelOrderAsync(account_, order, callback).value();
    done.wait();
    requireAccepted(wrong);
  }

 private:
  const AccountId account_ = sdkAccount();
  const std::vector<OrderId> orders_;
  BrokerClient client_;
};

}  // namespace

std::unique_ptr<Batch> makeSdkBatch(const Site& site, const Orders& orders, int connections) {
  return std::make_unique<SdkBatch>(site, orders, connections);
}

std::unique_ptr<Batch> makeSdkAsync(const Site& site, const Orders& orders, int connections) {
  return std::make_unique<SdkAsync>(site, orders, connections);
}

}  // namespace alpaca::broker::bench
