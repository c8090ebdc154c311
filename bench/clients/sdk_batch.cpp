#include "clients/clients.hpp"
#include "clients/countdown.hpp"
#include "clients/sdk.hpp"
#include "clients/status.hpp"

#include <atomic>
#include <stdexcept>

namespace alpaca::broker::bench {
namespace {

constexpr std::chrono::minutes kDeadline{10};

class SdkBatch : public Batch {
 public:
  SdkBatch(const Site& site, const Orders& orders, int connections)
      : client_(sdkCredentials(site), sdkOptions(site, connections)) {
    const AccountId account = sdkAccount(site);
    for (const OrderId& order : sdkOrders(orders)) targets_.push_back({account, order});
    options_.deadline = kDeadline;
  }

  void prepare(std::size_t count) override {
    prepared_.assign(targets_.begin(), targets_.begin() + static_cast<std::ptrdiff_t>(count));
  }

  void cancelAll(std::size_t count) override {
    const BatchReport report = client_.cancelOrders(prepared_, options_);
    for (const BatchEntry& entry : report.entries) requireStatus(statusOf(entry.result), kAccepted);
    if (report.entries.size() != count) throw std::runtime_error("the batch has not an entry for each order");
  }

 private:
  BrokerClient client_;
  std::vector<OrderRef> targets_;
  std::vector<OrderRef> prepared_;
  BatchOptions options_;
};

ClientOptions asyncOptions(const Site& site, std::size_t orders, int connections) {
  ClientOptions options = sdkOptions(site, connections);
  options.deadline = kDeadline;  // it counts from the submission
  options.asyncQueueCapacity = static_cast<int>(orders);
  return options;
}

class SdkAsync : public Batch {
 public:
  SdkAsync(const Site& site, const Orders& orders, int connections)
      : account_(sdkAccount(site)),
        orders_(sdkOrders(orders)),
        client_(sdkCredentials(site), asyncOptions(site, orders.size(), connections)) {}

  void cancelAll(std::size_t count) override {
    Countdown done(count);
    std::atomic<int> wrong{kAccepted};
    const auto callback = [&](const Result<CancelAccepted>& result) {
      if (!result) wrong = result.error().httpStatus.value_or(0);
      done.count();
    };
    for (std::size_t i = 0; i < count; ++i) client_.cancelOrderAsync(account_, orders_[i], callback).value();
    done.wait();
    requireStatus(wrong, kAccepted);
  }

 private:
  const AccountId account_;
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
