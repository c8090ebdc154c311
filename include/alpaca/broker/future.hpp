#pragma once

/// `std::future` for the asynchronous calls. Not part of `alpaca/broker.hpp`, because `<future>` is a large header.

#include <alpaca/broker/client.hpp>
#include <alpaca/broker/version.hpp>

#include <future>
#include <memory>
#include <utility>
#include <vector>

namespace alpaca::broker::future {
inline namespace ALPACA_BROKER_ABI {

/// Submits a call and returns a future of its result. A refused submission arrives there, too. Dropping the future
/// drops the result, not the call.
///
/// @param submit receives the callback, and submits the call with it
template <class T, class Submit>
[[nodiscard]] std::future<Result<T>> from(Submit submit) {
  // Shared, so that a refusal can still be set, and declared first: a promise that outlives its future allocates
  // nothing.
  const auto promise = std::make_shared<std::promise<Result<T>>>();
  std::future<Result<T>> result = promise->get_future();
  Result<Submitted> submitted =
      submit(Callback<T>([promise](Result<T> value) { promise->set_value(std::move(value)); }));
  if (!submitted) promise->set_value(std::move(submitted).error());
  return result;
}

/// `BrokerClient::cancelOrderAsync`, with the result or the refusal in a future.
[[nodiscard]] inline std::future<Result<CancelAccepted>> cancelOrder(const BrokerClient& client,
                                                                     const AccountId& account, const OrderId& order,
                                                                     const CallOptions& options = {}) {
  return from<CancelAccepted>(
      [&](Callback<CancelAccepted> done) { return client.cancelOrderAsync(account, order, std::move(done), options); });
}

/// The same for `BrokerClient::cancelOrderAndConfirmAsync`.
[[nodiscard]] inline std::future<Result<CancelConfirmation>> cancelOrderAndConfirm(const BrokerClient& client,
                                                                                   const AccountId& account,
                                                                                   const OrderId& order,
                                                                                   const ConfirmOptions& options = {}) {
  return from<CancelConfirmation>([&](Callback<CancelConfirmation> done) {
    return client.cancelOrderAndConfirmAsync(account, order, std::move(done), options);
  });
}

/// The same for `BrokerClient::getOrderAsync`.
[[nodiscard]] inline std::future<Result<Order>> getOrder(const BrokerClient& client, const AccountId& account,
                                                         const OrderId& order, const CallOptions& options = {}) {
  return from<Order>(
      [&](Callback<Order> done) { return client.getOrderAsync(account, order, std::move(done), options); });
}

/// The same for `BrokerClient::listOrdersAsync`.
[[nodiscard]] inline std::future<Result<std::vector<Order>>> listOrders(const BrokerClient& client,
                                                                        const AccountId& account,
                                                                        const OrderFilter& filter = {},
                                                                        const CallOptions& options = {}) {
  return from<std::vector<Order>>([&](Callback<std::vector<Order>> done) {
    return client.listOrdersAsync(account, filter, std::move(done), options);
  });
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker::future
