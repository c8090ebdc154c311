#include <alpaca/broker/client.hpp>

#include "client_impl.hpp"
#include "client_run.hpp"
#include "endpoints/cancel_order.hpp"
#include "endpoints/get_order.hpp"
#include "endpoints/get_order_by_client_order_id.hpp"
#include "workflows/cancel_all.hpp"
#include "workflows/cancel_and_confirm.hpp"
#include "workflows/cancel_batch.hpp"
#include "workflows/confirm_async.hpp"
#include "workflows/confirm_batch.hpp"
#include "workflows/kill_switch.hpp"
#include "workflows/list_orders.hpp"
#include "workflows/rotate_now.hpp"
#include "workflows/warm_up.hpp"

#include <cstddef>
#include <optional>
#include <system_error>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {
BrokerClient::BrokerClient(const Credentials& credentials, const ClientOptions& options) try
    : impl_(Impl::make(credentials, options)) {
  impl_->pipeline.start();
  impl_->keeper.start({impl_, &impl_->pipeline}, options.keepWarm);
} catch (const std::system_error& error) {
  throw wiring::unusable(std::string("it could not start a background thread (") + error.what() + ")");
}

Result<BrokerClient> BrokerClient::create(const Credentials& credentials, const ClientOptions& options) try {
  return BrokerClient(credentials, options);
} catch (const BrokerError& failure) {
  return failure.error();
}

BrokerClient::~BrokerClient() {
  if (impl_) impl_->end();
}

BrokerClient::BrokerClient(BrokerClient&&) noexcept = default;

BrokerClient& BrokerClient::operator=(BrokerClient&& other) noexcept {
  std::shared_ptr<Impl> taken = std::move(other.impl_);
  if (impl_) impl_->end();  // before the assignment: callbacks may still use this client
  impl_ = std::move(taken);
  return *this;
}

Result<CancelAccepted> BrokerClient::cancelOrder(const AccountId& account, const OrderId& order,
                                                 const CallOptions& options) const {
  return runOn(impl_, about("cancelOrder", account, order, options),
               calling(endpoints::cancel_order::operation(account, order)), options);
}

Result<Order> BrokerClient::getOrder(const AccountId& account, const OrderId& order, const CallOptions& options) const {
  return runOn(impl_, about("getOrder", account, order, options),
               calling(endpoints::get_order::operation(account, order)), options);
}

Result<Order> BrokerClient::getOrderByClientOrderId(const AccountId& account, const ClientOrderId& order,
                                                    const CallOptions& options) const {
  return runOn(impl_, about("getOrderByClientOrderId", account, options),
               calling(endpoints::get_order_by_client_order_id::operation(account, order)), options);
}

Result<std::vector<Order>> BrokerClient::listOrders(const AccountId& account, const OrderFilter& filter,
                                                    const CallOptions& options) const {
  const auto list = [&](call::CallPipeline& pipeline) {
    return workflows::listOrders(pipeline, account, filter, options);
  };
  return runOn(impl_, about("listOrders", account, options), list);
}

Result<CancelAllReport> BrokerClient::cancelAllOrders(const AccountId& account, const CallOptions& options) const {
  return runOn(impl_, about("cancelAllOrders", account, options), workflows::cancelAllOrders, account, options);
}

Result<BatchReport> BrokerClient::cancelOrders(const std::vector<OrderRef>& orders, const BatchOptions& options) const {
  return runOn(impl_, about("cancelOrders", options.call), workflows::cancelOrders, orders, options);
}

Result<CancelConfirmation> BrokerClient::cancelOrderAndConfirm(const AccountId& account, const OrderId& order,
                                                               const ConfirmOptions& options) const {
  return runOn(impl_, about("cancelOrderAndConfirm", account, order, options.call), workflows::cancelAndConfirm,
               account, order, options);
}

Result<BatchConfirmReport> BrokerClient::cancelOrdersAndConfirm(const std::vector<OrderRef>& orders,
                                                                const BatchConfirmOptions& options) const {
  return runOn(impl_, about("cancelOrdersAndConfirm", options.confirm.call), workflows::cancelOrdersAndConfirm, orders,
               options);
}

Result<KillSwitchReport> BrokerClient::killSwitch(const std::vector<AccountId>& accounts,
                                                  const KillSwitchOptions& options) const {
  return runOn(impl_, about("killSwitch", options.call), workflows::killSwitch, accounts, options);
}

Result<WarmUpReport> BrokerClient::warmUp(int connections, const WarmUpOptions& options) const {
  const std::shared_ptr<Impl> impl = impl_;
  auto report = runOn(impl, about("warmUp", options.call), workflows::warmUp, connections, options.call);
  if (report && options.asyncThreads) {
    report->missingThreads = static_cast<int>(impl->executor.prepare(static_cast<std::size_t>(connections)));
  }
  return report;
}

Result<RotationReport> BrokerClient::rotateNow(const CallOptions& options) const {
  return runOn(impl_, about("rotateNow", options), workflows::rotateNow, options);
}

Result<Submitted> BrokerClient::cancelOrderAsync(const AccountId& account, const OrderId& order,
                                                 Callback<CancelAccepted> done, const CallOptions& options) const {
  auto cancel = calling(endpoints::cancel_order::operation(account, order));
  return submitCall(impl_, about("cancelOrder", account, order, options), call::Lane::Cancel, std::move(cancel),
                    std::move(done), options);
}

Result<Submitted> BrokerClient::getOrderAsync(const AccountId& account, const OrderId& order, Callback<Order> done,
                                              const CallOptions& options) const {
  auto read = calling(endpoints::get_order::operation(account, order));
  return submitCall(impl_, about("getOrder", account, order, options), call::Lane::Read, std::move(read),
                    std::move(done), options);
}

Result<Submitted> BrokerClient::listOrdersAsync(const AccountId& account, const OrderFilter& filter,
                                                Callback<std::vector<Order>> done, const CallOptions& options) const {
  const auto list = [account, filter](call::CallPipeline& pipeline, const call::CallLimits& limits, auto start) {
    return workflows::listOrders(pipeline, account, filter, limits, start);
  };
  return submitCall(impl_, about("listOrders", account, options), call::Lane::Read, list, std::move(done), options,
                    model::withNothingSent(model::validate(filter)));
}

Result<Submitted> BrokerClient::cancelOrderAndConfirmAsync(const AccountId& account, const OrderId& order,
                                                           Callback<CancelConfirmation> done,
                                                           const ConfirmOptions& options) const {
  const CallSubject subject = about("cancelOrderAndConfirm", account, order, options.call);
  const auto confirmation = [&](const std::shared_ptr<Impl>& owner, auto start) {
    auto watch = [impl = owner.get(), kept = owner->kept(subject)](const Result<CancelConfirmation>& result) {
      impl->tellEnd(kept, result);
    };
    auto task = std::make_shared<workflows::AsyncConfirmation>(owner, owner->pipeline, owner->executor,
                                                               OrderRef{account, order}, options, start,
                                                               std::move(watch), std::move(done));
    return [task = std::move(task)] { task->goOn(); };
  };
  return submitOn(impl_, subject, call::Lane::Cancel, faultOf(done, options), confirmation);
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
