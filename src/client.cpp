#include <alpaca/broker/client.hpp>

#include "call/async_call.hpp"
#include "client_impl.hpp"
#include "endpoints/cancel_order.hpp"
#include "endpoints/get_order.hpp"
#include "endpoints/get_order_by_client_order_id.hpp"
#include "model/order_query_check.hpp"
#include "workflows/cancel_all.hpp"
#include "workflows/cancel_and_confirm.hpp"
#include "workflows/cancel_batch.hpp"
#include "workflows/kill_switch.hpp"
#include "workflows/list_orders.hpp"
#include "workflows/warm_up.hpp"

#include <system_error>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {
namespace {

// Runs an operation. Copies the pointer, because a call may outlive a client that is destroyed meanwhile.
template <class Impl, class T>
Result<T> callOn(std::shared_ptr<Impl> impl, const call::Operation<T>& operation, const CallOptions& options) {
  if (auto reason = Impl::whyUnusable(impl)) return *std::move(reason);
  return impl->pipeline.call(operation, options);
}

// The same for workflows, which make several calls.
template <class Impl, class Workflow, class... Arguments>
auto runOn(std::shared_ptr<Impl> impl, Workflow workflow, const Arguments&... arguments)
    -> decltype(workflow(impl->pipeline, arguments...)) {
  if (auto reason = Impl::whyUnusable(impl)) return *std::move(reason);
  return workflow(impl->pipeline, arguments...);
}

// The same on the client's own threads. Time counts from here. `call` gets the client's pipeline, the options and the
// start. The pointer is copied here, too: the callback may run, and end the client, before this function returns.
template <class Impl, class T, class Call>
Result<Submitted> submitOn(std::shared_ptr<Impl> impl, call::Lane lane, Call call, Callback<T> done,
                           const CallOptions& options) {
  if (auto reason = Impl::whyUnusable(impl)) return *std::move(reason);
  if (auto fault = call::validateAsync(bool(done), options)) return *std::move(fault);
  call::Executor& executor = impl->executor;
  const call::Submission submission =
      executor.submit(lane, [inside = impl, lane, call = std::move(call), done = std::move(done), options,
                             start = impl->pipeline.now()]() mutable {
        call::complete(done, lane, [&] {
          // guard: the deadline of an asynchronous call counts from its submission
          auto result = call(inside->pipeline, options, start);
          inside.reset();  // before the callback: if that ends the client, nothing stays behind
          return result;
        });
      });
  return call::toResult(submission, executor.capacity());
}

template <class Impl, class T>
Result<Submitted> submitOn(std::shared_ptr<Impl> impl, call::Lane lane, call::Operation<T> operation, Callback<T> done,
                           const CallOptions& options) {
  return submitOn(
      std::move(impl), lane,
      [operation = std::move(operation)](call::CallPipeline& pipeline, const CallOptions& own, auto start) {
        return pipeline.call(operation, own, start);
      },
      std::move(done), options);
}

}  // namespace

BrokerClient::BrokerClient(const Credentials& credentials, const ClientOptions& options) try
    : impl_(new Impl(credentials, options), wiring::DeleteInOwnProcess<Impl>{}) {
  impl_->pipeline.start();
  impl_->keeper.start({impl_, &impl_->pipeline}, options.keepWarm);
} catch (const std::system_error& error) {
  throw wiring::unusableLibrary(std::string("there is no thread for what it is to do in the background (") +
                                error.what() + ")");
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
  return callOn(impl_, endpoints::cancel_order::operation(account, order), options);
}

Result<Order> BrokerClient::getOrder(const AccountId& account, const OrderId& order, const CallOptions& options) const {
  return callOn(impl_, endpoints::get_order::operation(account, order), options);
}

Result<Order> BrokerClient::getOrderByClientOrderId(const AccountId& account, const ClientOrderId& order,
                                                    const CallOptions& options) const {
  return callOn(impl_, endpoints::get_order_by_client_order_id::operation(account, order), options);
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
  auto operation = endpoints::cancel_order::operation(account, order);
  return submitOn(impl_, call::Lane::Cancel, std::move(operation), std::move(done), options);
}

Result<Submitted> BrokerClient::getOrderAsync(const AccountId& account, const OrderId& order, Callback<Order> done,
                                              const CallOptions& options) const {
  auto operation = endpoints::get_order::operation(account, order);
  return submitOn(impl_, call::Lane::Read, std::move(operation), std::move(done), options);
}

Result<Submitted> BrokerClient::listOrdersAsync(const AccountId& account, const OrderFilter& filter,
                                                Callback<std::vector<Order>> done, const CallOptions& options) const {
  if (auto fault = model::validate(filter)) {
    fault->message += " Nothing was sent.";
    return *std::move(fault);
  }
  const auto call = [account, filter](call::CallPipeline& pipeline, const CallOptions& own, auto start) {
    return workflows::listOrders(pipeline, account, filter, own, start);
  };
  return submitOn(impl_, call::Lane::Read, call, std::move(done), options);
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
