#include "clients/sdk.hpp"

#include "clients/clients.hpp"
#include "clients/countdown.hpp"
#include "clients/status.hpp"

#include <chrono>
#include <stdexcept>

namespace alpaca::broker::bench {
namespace {

// On a machine that is busy with something else a run should take longer, not fail.
constexpr std::chrono::minutes kPatience{1};

class Sdk : public Client {
 public:
  Sdk(const Site& site, const Orders& orders, const ClientOptions& options)
      : account_(sdkAccount(site)), orders_(sdkOrders(orders)), client_(sdkCredentials(site), options) {}

  int cancel(std::size_t index) override { return statusOf(client_.cancelOrder(account_, orders_[index])); }

 protected:
  const AccountId account_;
  const std::vector<OrderId> orders_;
  BrokerClient client_;
};

class SdkFuture : public Sdk {
 public:
  using Sdk::Sdk;
  int cancel(std::size_t index) override { return statusOf(client_.cancelOrderAsync(account_, orders_[index]).get()); }
};

class SdkCallback : public Sdk {
 public:
  using Sdk::Sdk;
  int cancel(std::size_t index) override {
    int status = 0;
    Countdown done(1);
    const auto callback = [&](const Result<CancelAccepted>& result) {
      status = result ? kAccepted : result.error().httpStatus.value_or(0);
      done.count();
    };
    client_.cancelOrderAsync(account_, orders_[index], callback).value();
    done.wait();
    return status;
  }
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

Credentials sdkCredentials(const Site& site) { return {site.key, site.secret}; }

AccountId sdkAccount(const Site& site) { return AccountId::parse(site.account).value(); }

std::vector<OrderId> sdkOrders(const Orders& orders) {
  std::vector<OrderId> ids;
  ids.reserve(orders.size());
  for (const std::string& order : orders) ids.push_back(OrderId::parse(order).value());
  return ids;
}

int statusOf(const Result<CancelAccepted>& result) {
  if (result) return kAccepted;
  if (result.error().httpStatus) return *result.error().httpStatus;
  throw std::runtime_error("SDK: " + result.error().message);
}

std::unique_ptr<Client> makeSdkWith(const Site& site, const Orders& orders, const ClientOptions& options) {
  return std::make_unique<Sdk>(site, orders, options);
}

std::unique_ptr<Client> makeSdk(const Site& site, const Orders& orders) {
  return makeSdkWith(site, orders, sdkOptions(site));
}

std::unique_ptr<Client> makeSdkFuture(const Site& site, const Orders& orders) {
  return std::make_unique<SdkFuture>(site, orders, sdkOptions(site));
}

std::unique_ptr<Client> makeSdkCallback(const Site& site, const Orders& orders) {
  return std::make_unique<SdkCallback>(site, orders, sdkOptions(site));
}

}  // namespace alpaca::broker::bench
