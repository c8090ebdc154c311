#include <alpaca/broker/testing/mock_broker.hpp>

#include "testing/broker_book.hpp"
#include "testing/broker_clock.hpp"
#include "testing/mock_server.hpp"

#include <httplib.h>

#include <optional>
#include <utility>

namespace alpaca::broker::testing {
namespace {

std::string expectedAuthorization(const Credentials& credentials) {
  return httplib::make_basic_authentication_header(credentials.key(), credentials.secret()).second;
}

}  // namespace

class MockBroker::Impl {
 public:
  explicit Impl(MockBrokerOptions options)
      : credentials(std::move(options.credentials)),
        book(expectedAuthorization(credentials), options, [this] { return clock.now(); }),
        server(book, options.port, options.tls, options.idleTimeout) {}

  const Credentials credentials;
  BrokerClock clock;
  BrokerBook book;
  MockServer server;
};

MockBroker::MockBroker(MockBrokerOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
// A hook that still runs may call any function, so it ends before `impl_` does.
MockBroker::~MockBroker() { impl_->server.close(); }

const std::string& MockBroker::url() const noexcept { return impl_->server.url(); }
int MockBroker::port() const noexcept { return impl_->server.port(); }
const Credentials& MockBroker::credentials() const noexcept { return impl_->credentials; }
const std::string& MockBroker::caFile() const noexcept { return impl_->server.caFile(); }

ClientOptions MockBroker::clientOptions() const {
  ClientOptions options;
  options.baseUrl = url();
  options.tls.caFile = caFile();
  return options;
}

void MockBroker::addAccount(const AccountId& account) {
  impl_->book.withOrders([&](OrderBook& orders) { orders.addAccount(account); });
}

void MockBroker::addOrder(const AccountId& account, const OrderId& order, std::string status) {
  impl_->book.withOrders([&](OrderBook& orders) { orders.add(account, order, status); });
}

void MockBroker::addOrder(const AccountId& account, Order order) {
  impl_->book.withOrders([&](OrderBook& orders) { orders.add(account, std::move(order)); });
}

std::string MockBroker::orderStatus(const AccountId& account, const OrderId& id) const {
  return order(account, id).status.str();
}

Order MockBroker::order(const AccountId& account, const OrderId& id) const {
  return impl_->book.withOrders([&](OrderBook& orders) { return orders.order(account, id); });
}

void MockBroker::settleCancels() {
  impl_->book.withOrders([](OrderBook& orders) { orders.settleCancels(); });
}

bool MockBroker::fillOrder(const AccountId& account, const OrderId& order) {
  return impl_->book.withOrders([&](OrderBook& orders) { return orders.fill(account, order, std::nullopt); });
}

bool MockBroker::fillOrder(const AccountId& account, const OrderId& order, const Decimal& filledQty) {
  return impl_->book.withOrders([&](OrderBook& orders) { return orders.fill(account, order, filledQty); });
}

bool MockBroker::replaceOrder(const AccountId& account, const OrderId& order, const OrderId& by) {
  return impl_->book.withOrders([&](OrderBook& orders) { return orders.replace(account, order, by); });
}

void MockBroker::setOrderStatus(const AccountId& account, const OrderId& order, const std::string& status) {
  impl_->book.withOrders([&](OrderBook& orders) { orders.setStatus(account, order, status); });
}

void MockBroker::fillDuringCancel(const AccountId& account, const OrderId& order) {
  impl_->book.withOrders([&](OrderBook& orders) { orders.fillDuringCancel(account, order); });
}

void MockBroker::refuseCancel(const AccountId& account, const OrderId& order) {
  impl_->book.withOrders([&](OrderBook& orders) { orders.refuseCancel(account, order); });
}

void MockBroker::acceptCredentials(const Credentials& credentials) {
  impl_->book.accept(expectedAuthorization(credentials));
}

void MockBroker::revokeCredentials(const Credentials& credentials) {
  impl_->book.revoke(expectedAuthorization(credentials));
}

void MockBroker::failNext(int status, std::string body, std::vector<Header> headers, RequestMatch match) {
  impl_->book.withFaults([&](FaultPlan& plan) {
    plan.push(Answer{status, std::move(body), std::move(headers)}, std::move(match));
  });
}

void MockBroker::failNext(MockFault fault, RequestMatch match) {
  impl_->book.withFaults([&](FaultPlan& plan) { plan.push(fault, std::move(match)); });
}

void MockBroker::injectFaults(double rate, unsigned seed, std::vector<MockFault> kinds, RequestMatch match) {
  impl_->book.withFaults([&](FaultPlan& plan) { plan.inject(rate, seed, std::move(kinds), std::move(match)); });
}

void MockBroker::delayAnswers(std::chrono::milliseconds delay, RequestMatch match) {
  impl_->book.withFaults([&](FaultPlan& plan) { plan.delay(delay, std::move(match)); });
}

UtcTime MockBroker::time() const { return impl_->clock.now(); }
void MockBroker::setTime(UtcTime time) { impl_->clock.set(time); }
void MockBroker::advanceTime(std::chrono::nanoseconds by) { impl_->clock.advance(by); }
void MockBroker::setMarketOpen(bool isOpen) { impl_->book.setMarketOpen(isOpen); }

void MockBroker::onRequest(std::function<void(const ReceivedRequest&)> hook) {
  impl_->server.onRequest(std::move(hook));
}

void MockBroker::shutDown() { impl_->server.shutDown(); }
void MockBroker::restart() { impl_->server.restart(); }
std::vector<ReceivedRequest> MockBroker::requests() const { return impl_->book.requests(); }
std::size_t MockBroker::requestCount() const { return impl_->book.requestCount(); }

}  // namespace alpaca::broker::testing
