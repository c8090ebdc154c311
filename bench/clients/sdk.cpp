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

struct Desk {
  Desk(const Site& site, const Orders& ids, const ClientOptions& options)
      : account(sdkAccount(site)), orders(sdkOrders(ids)), client(sdkCredentials(site), options) {}

  AccountId account;
  std::vector<OrderId> orders;
  BrokerClient client;
};

class Sdk : public Client {
 public:
  Sdk(const Site& site, const Orders& orders, const ClientOptions& options) : desk_(site, orders, options) {}

  int cancel(std::size_t index) override {
    return statusOf(desk_.client.cancelOrder(desk_.account, desk_.orders[index]));
  }

 private:
  Desk desk_;
};

class SdkFuture : public Client {
 public:
  SdkFuture(const Site& site, const Orders& orders) : desk_(site, orders, sdkOptions(site)) {}

  int cancel(std::size_t index) override {
    return statusOf(desk_.client.cancelOrderAsync(desk_.account, desk_.orders[index]).get());
  }

 private:
  Desk desk_;
};

class SdkCallback : public Client {
 public:
  SdkCallback(const Site& site, const Orders& orders) : desk_(site, orders, sdkOptions(site)) {}

  int cancel(std::size_t index) override {
    int status = 0;
    Countdown done(1);
    const auto callback = [&](const Result<CancelAccepted>& result) {
      status = result ? kAccepted : result.error().httpStatus.value_or(0);
      done.count();
    };
    desk_.client.cancelOrderAsync(desk_.account, desk_.orders[index], callback).value();
    done.wait();
    return status;
  }

 private:
  Desk desk_;
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
  return std::make_unique<SdkFuture>(site, orders);
}

std::unique_ptr<Client> makeSdkCallback(const Site& site, const Orders& orders) {
  return std::make_unique<SdkCallback>(site, orders);
}

}  // namespace alpaca::broker::bench
