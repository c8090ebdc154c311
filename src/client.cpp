#include <alpaca/broker/client.hpp>

#include "call/async_call.hpp"
#include "client_impl.hpp"
#include "endpoints/cancel_order.hpp"
#include "endpoints/get_order.hpp"
#include "endpoints/get_order_by_client_order_id.hpp"
#include "model/options_check.hpp"
#include "workflows/cancel_all.hpp"
#include "workflows/cancel_and_confirm.hpp"
#include "workflows/cancel_batch.hpp"
#include "workflows/kill_switch.hpp"
#include "workflows/list_orders.hpp"
#include "workflows/warm_up.hpp"

#include <optional>
#include <system_error>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {
namespace {

// Runs a workflow. Copies the pointer, because a call may outlive a client that is destroyed meanwhile.
template <class Impl, class Workflow, class... Arguments>
auto runOn(std::shared_ptr<Impl> impl, const Workflow& workflow, const Arguments&... arguments)
    -> decltype(workflow(impl->pipeline, arguments...)) {
  if (auto reason = Impl::whyUnusable(impl)) return *std::move(reason);
  return workflow(impl->pipeline, arguments...);
}

// The workflow that makes one call.
template <class T>
auto calling(call::Operation<T> operation) {
  return [operation = std::move(operation)](call::CallPipeline& pipeline, const auto&... limits) {
    return pipeline.call(operation, limits...);
  };
}

// Runs a workflow on the client's own threads. Time counts from here. The workflow gets the options and the start. The
// pointer is copied here, too: the callback may run, and end the client, before this function returns. `fault` is what
// is wrong with the workflow's own arguments.
template <class Impl, class T, class Workflow>
Result<Submitted> submitOn(std::shared_ptr<Impl> impl, call::Lane lane, Workflow workflow, Callback<T> done,
                           const CallOptions& options, std::optional<Error> fault = {}) {
  if (auto reason = Impl::whyUnusable(impl)) return *std::move(reason);
  if (!fault && !done) fault = call::noCallback();
  if (!fault) fault = model::validate(options);
  if (fault) return *model::withNothingSent(std::move(fault));
  return impl->executor.submit(lane, [inside = impl, lane, workflow = std::move(workflow), done = std::move(done),
                                      options, start = impl->pipeline.now()]() mutable {
    call::complete(done, lane, [&] {
      // guard: the deadline of an asynchronous call counts from its submission
      auto result = workflow(inside->pipeline, options, start);
      inside.reset();  // before the callback: if that ends the client, nothing stays behind
      return result;
    });
  });
}

}  // namespace

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
  return runOn(impl_, calling(endpoints::cancel_order::operation(account, order)), options);
}

Result<Order> BrokerClient::getOrder(const AccountId& account, const OrderId& order, const CallOptions& options) const {
  return runOn(impl_, calling(endpoints::get_order::operation(account, order)), options);
}

Result<Order> BrokerClient::getOrderByClientOrderId(const AccountId& account, const ClientOrderId& order,
                                                    const CallOptions& options) const {
  return runOn(impl_, calling(endpoints::get_order_by_client_order_id::operation(account, order)), options);
}

Result<std::vector<Order>> BrokerClient::listOrders(const AccountId& account, const OrderFilter& filter,
                                                    const CallOptions& options) const {
  const auto list = [&](call::CallPipeline& pipeline) {
    return workflows::listOrders(pipeline, account, filter, options, pipeline.now());
  };
  return runOn(impl_, list);
}

Result<CancelAllReport> BrokerClient::cancelAllOrders(const AccountId& account, const CallOptions& options) const {
  return runOn(impl_, workflows::cancelAllOrders, account, options);
}

Result<CancelConfirmation> BrokerClient::cancelOrderAndConfirm(const AccountId& account, const OrderId& order,
                                                               const ConfirmOptions& options) const {
  return runOn(impl_, workflows::cancelAndConfirm, account, order, options);
}

Result<BatchReport> BrokerClient::cancelOrders(const std::vector<OrderRef>& orders, const BatchOptions& options) const {
  return runOn(impl_, workflows::cancelOrders, orders, options);
}

Result<KillSwitchReport> BrokerClient::killSwitch(const std::vector<AccountId>& accounts,
                                                  const KillSwitchOptions& options) const {
  return runOn(impl_, workflows::killSwitch, accounts, options);
}

Result<WarmUpReport> BrokerClient::warmUp(int connections, const CallOptions& options) const {
  return runOn(impl_, workflows::warmUp, connections, options);
}

Result<Submitted> BrokerClient::cancelOrderAsync(const AccountId& account, const OrderId& order,
                                                 Callback<CancelAccepted> done, const CallOptions& options) const {
  auto cancel = calling(endpoints::cancel_order::operation(account, order));
  return submitOn(impl_, call::Lane::Cancel, std::move(cancel), std::move(done), options);
}

Result<Submitted> BrokerClient::getOrderAsync(const AccountId& account, const OrderId& order, Callback<Order> done,
                                              const CallOptions& options) const {
  auto read = calling(endpoints::get_order::operation(account, order));
  return submitOn(impl_, call::Lane::Read, std::move(read), std::move(done), options);
}

Result<Submitted> BrokerClient::listOrdersAsync(const AccountId& account, const OrderFilter& filter,
                                                Callback<std::vector<Order>> done, const CallOptions& options) const {
  const auto list = [account, filter](call::CallPipeline& pipeline, const CallOptions& own, auto start) {
    return workflows::listOrders(pipeline, account, filter, own, start);
  };
  return submitOn(impl_, call::Lane::Read, list, std::move(done), options, model::validate(filter));
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
