#pragma once

/// The asynchronous calls as operations of Asio, for any completion token. Not part of `alpaca/broker.hpp`: your
/// project brings Asio itself, standalone Asio 1.22 or Boost.Asio 1.77 or newer. Define `ALPACA_BROKER_BOOST_ASIO` to
/// choose Boost.Asio; without standalone Asio, it is chosen anyway.

#include <alpaca/broker/client.hpp>
#include <alpaca/broker/version.hpp>

#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#if defined(ALPACA_BROKER_BOOST_ASIO) || !__has_include(<asio/async_result.hpp>)
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
namespace alpaca::broker::asio_detail {
namespace net = boost::asio;
}  // namespace alpaca::broker::asio_detail
#else
#include <asio/any_io_executor.hpp>
#include <asio/associated_cancellation_slot.hpp>
#include <asio/async_result.hpp>
#include <asio/bind_executor.hpp>
#include <asio/cancellation_type.hpp>
#include <asio/executor_work_guard.hpp>
#include <asio/post.hpp>
namespace alpaca::broker::asio_detail {
namespace net = asio;
}  // namespace alpaca::broker::asio_detail
#endif

namespace alpaca::broker::asio_detail {
inline namespace ALPACA_BROKER_ABI {

// Passes a result to a handler: once, through the loop, on the handler's own executor, and never from within the
// submitting call. Until then both executors have outstanding work, so that no loop ends too early.
template <class T, class Handler>
class Completion {
 public:
  Completion(Handler handler, const net::any_io_executor& loop)
      : loopWork_(loop),
        handlerWork_(net::make_work_guard(handler, loop)),
        slot_(net::get_associated_cancellation_slot(handler)),
        handler_(std::move(handler)) {}

  // Lets Asio's own cancellation stop the call, instead of the caller's stop token. Ignores `total`, which requires
  // that nothing happened: a cancel that is stopped after it was sent ends in doubt.
  CallOptions stoppable(CallOptions options) {
    if (!slot_.is_connected()) return options;
    StopSource source;
    options.stop = source.token();
    slot_.assign([source](net::cancellation_type_t type) mutable {
      using Type = net::cancellation_type;
      if ((type & (Type::terminal | Type::partial)) != Type::none) source.requestStop();
    });
    return options;
  }

  void post(Result<T> result) {
    auto complete = [slot = slot_, handler = std::move(handler_), result = std::move(result)]() mutable {
      if (slot.is_connected()) slot.clear();
      handler(std::move(result));
    };
    net::post(loopWork_.get_executor(), net::bind_executor(handlerWork_.get_executor(), std::move(complete)));
  }

 private:
  using Executor = net::any_io_executor;
  using HandlerWork = decltype(net::make_work_guard(std::declval<Handler&>(), std::declval<const Executor&>()));

  net::executor_work_guard<Executor> loopWork_;
  HandlerWork handlerWork_;
  net::associated_cancellation_slot_t<Handler> slot_;
  Handler handler_;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker::asio_detail

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// An asynchronous call as an operation of Asio, with the signature `void(Result<T>)`. The functions below use it.
///
/// @param loop where the operation completes, unless the handler has an executor of its own
/// @param submit submits the call with the callback and the options that it is given
/// @param options those of the call; with a cancellation slot, `stop` is replaced
/// @param token a completion token of Asio
template <class T, class Submit, class Token>
auto asyncCall(const asio_detail::net::any_io_executor& loop, Submit submit, const CallOptions& options,
               Token&& token) {
  auto initiate = [loop, submit = std::move(submit), options](auto&& handler) {
    using Completion = asio_detail::Completion<T, std::decay_t<decltype(handler)>>;
    // Shared, so that a refusal can still be passed on.
    const auto completion = std::make_shared<Completion>(std::forward<decltype(handler)>(handler), loop);
    Result<Submitted> submitted =
        submit(Callback<T>([completion](Result<T> result) { completion->post(std::move(result)); }),
               completion->stoppable(options));
    if (!submitted) completion->post(std::move(submitted).error());
  };
  return asio_detail::net::async_initiate<Token, void(Result<T>)>(std::move(initiate), token);
}

/// `BrokerClient::cancelOrderAsync` as an operation of Asio. `token` is a callback, `asio::use_future`,
/// `asio::use_awaitable` or any other completion token.
///
/// It completes on the loop, never on a thread of the client and never within this function. An error is a result like
/// any other; a refused submission also arrives there, as `NotSent`. Asio's cancellation (`terminal` or `partial`)
/// stops the call. The client must outlive the operation.
template <class Token>
auto asyncCancelOrder(const asio_detail::net::any_io_executor& loop, const BrokerClient& client,
                      const AccountId& account, const OrderId& order, Token&& token, const CallOptions& options = {}) {
  return asyncCall<CancelAccepted>(
      loop,
      [&client, account, order](Callback<CancelAccepted> done, const CallOptions& stoppable) {
        return client.cancelOrderAsync(account, order, std::move(done), stoppable);
      },
      options, std::forward<Token>(token));
}

/// The same for `BrokerClient::cancelOrderAndConfirmAsync`.
template <class Token>
auto asyncCancelOrderAndConfirm(const asio_detail::net::any_io_executor& loop, const BrokerClient& client,
                                const AccountId& account, const OrderId& order, Token&& token,
                                const ConfirmOptions& options = {}) {
  return asyncCall<CancelConfirmation>(
      loop,
      [&client, account, order, options](Callback<CancelConfirmation> done, const CallOptions& stoppable) {
        ConfirmOptions own = options;
        own.call = stoppable;
        return client.cancelOrderAndConfirmAsync(account, order, std::move(done), own);
      },
      options.call, std::forward<Token>(token));
}

/// The same for `BrokerClient::getOrderAsync`.
template <class Token>
auto asyncGetOrder(const asio_detail::net::any_io_executor& loop, const BrokerClient& client, const AccountId& account,
                   const OrderId& order, Token&& token, const CallOptions& options = {}) {
  return asyncCall<Order>(
      loop,
      [&client, account, order](Callback<Order> done, const CallOptions& stoppable) {
        return client.getOrderAsync(account, order, std::move(done), stoppable);
      },
      options, std::forward<Token>(token));
}

/// The same for `BrokerClient::listOrdersAsync`.
template <class Token>
auto asyncListOrders(const asio_detail::net::any_io_executor& loop, const BrokerClient& client,
                     const AccountId& account, const OrderFilter& filter, Token&& token,
                     const CallOptions& options = {}) {
  return asyncCall<std::vector<Order>>(
      loop,
      [&client, account, filter](Callback<std::vector<Order>> done, const CallOptions& stoppable) {
        return client.listOrdersAsync(account, filter, std::move(done), stoppable);
      },
      options, std::forward<Token>(token));
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
