#include "clients/sdk.hpp"

#include "clients/clients.hpp"
#include "clients/countdown.hpp"

#include <chrono>
#include <stdexcept>

namespace alpaca::broker::bench {
namespace {

// A busy machine must make a run longer, not make it fail.
constexpr std::chrono::minutes kPatience{1};

using CancelCall = int (*)(BrokerClient& client, const AccountId& account, const OrderId& order);

int blocking(BrokerClient& client, const AccountId& account, const OrderId& order) {
  return statusOf(client.cancelOrder(account, order));
}

int withFuture(BrokerClient& client, const AccountId& account, const OrderId& order) {
  return statusOf(future::cancelOrder(client, account, order).get());
}

int withCallback(BrokerClient& client, const AccountId& account, const OrderId& order) {
  int status = 0;
  Countdown done(1);
  const auto callback = [&](const Result<CancelAccepted>& result) {
    status = statusOf(result);
    done.count();
  };
  client.cancelOrderAsync(account, order, callback).value();
  done.wait();
  return status;
}

class Sdk : public Client {
 public:
  Sdk(const ClientOptions& options, const Orders& orders, CancelCall call)
      : orders_(sdkOrders(orders)), call_(call), client_(sdkCredentials(), options) {}

  int cancel(std::size_t index) override {
    const int status = call_(client_, account_, orders_[index]);
    if (status == 0) throw std::runtime_error("the SDK gets no answer");
    return status;
  }

 private:
  const AccountId account_ = sdkAccount();
  const std::vector<OrderId> orders_;
  const CancelCall call_;
  BrokerClient client_;
};

}  // namespace

ClientOptions sdkOptions(const Site& site, int connections) {
  ClientOptions options;
  options.baseUrl = site.url();
  options.tls.caFile = site.caFile;
  options.maxConnections = connections;
  options.deadline = kPatience;
  options.attemptTimeout = kPatience;
  options.connectTimeout = kPatience;
  return options;
}

Credentials sdkCredentials() { return {kKey, kSecret}; }

AccountId sdkAccount() { return AccountId::parse(kAccount).value(); }

std::vector<OrderId> sdkOrders(const Orders& orders) {
  std::vector<OrderId> ids;
  ids.reserve(orders.size());
  for (const std::string& order : orders) ids.push_back(OrderId::parse(order).value());
  return ids;
}

int statusOf(const Result<CancelAccepted>& result) {
  return result ? kAccepted : result.error().httpStatus.value_or(0);
}

std::unique_ptr<BrokerClient> openSdk(const Site& site, const Orders& orders) {
  std::vector<OrderRef> targets;
  for (const OrderId& order : sdkOrders(orders)) targets.push_back({sdkAccount(), order});
  auto client = std::make_unique<BrokerClient>(sdkCredentials(), sdkOptions(site, static_cast<int>(orders.size())));
  const BatchReport report = client->cancelOrders(targets).value();
  for (const BatchEntry& entry : report.entries) requireAccepted(statusOf(entry.result));
  return client;
}

std::unique_ptr<Client> makeSdkWith(const ClientOptions& options, const Orders& orders) {
  return std::make_unique<Sdk>(options, orders, blocking);
}

std::unique_ptr<Client> makeSdk(const Site& site, const Orders& orders) {
  return std::make_unique<Sdk>(sdkOptions(site), orders, blocking);
}

std::unique_ptr<Client> makeSdkFuture(const Site& site, const Orders& orders) {
  return std::make_unique<Sdk>(sdkOptions(site), orders, withFuture);
}

std::unique_ptr<Client> makeSdkCallback(const Site& site, const Orders& orders) {
  return std::make_unique<Sdk>(sdkOptions(site), orders, withCallback);
}

}  // namespace alpaca::broker::bench
