#pragma once

#include <alpaca/broker.hpp>

#include <asio/any_io_executor.hpp>
#include <asio/associated_cancellation_slot.hpp>
#include <asio/async_result.hpp>
#include <asio/bind_executor.hpp>
#include <asio/cancellation_type.hpp>
#include <asio/executor_work_guard.hpp>
#include <asio/post.hpp>

#include <memory>
#include <type_traits>
#include <utility>

/// The result of a cancel, in Asio's terms: `void(CancelResult)`. An error is a result like any other here.
using CancelResult = alpaca::broker::Result<alpaca::broker::CancelAccepted>;

/// Passes a result to a handler: once, through the loop, on the handler's own executor, and never from within the
/// submitting call. Until then both executors have outstanding work, so that no loop ends too early.
template <class Handler>
class CancelCompletion {
 public:
  CancelCompletion(Handler handler, const asio::any_io_executor& loop)
      : loopWork_(loop),
        handlerWork_(asio::make_work_guard(handler, loop)),
        slot_(asio::get_associated_cancellation_slot(handler)),
        handler_(std::move(handler)) {}

  /// Lets Asio's own cancellation stop the call, instead of the caller's stop token. Ignores `total`, which requires
  /// that nothing happened: a cancel that is stopped after it was sent ends in doubt.
  alpaca::broker::CallOptions stoppable(alpaca::broker::CallOptions options) {
    if (!slot_.is_connected()) return options;
    alpaca::broker::StopSource source;
    options.stop = source.token();
    slot_.assign([source](asio::cancellation_type_t type) mutable {
      const auto understood = asio::cancellation_type::terminal | asio::cancellation_type::partial;
      if ((type & understood) != asio::cancellation_type::none) source.requestStop();
    });
    return options;
  }

  void post(CancelResult result) {
    auto complete = [slot = slot_, handler = std::move(handler_), result = std::move(result)]() mutable {
      if (slot.is_connected()) slot.clear();
      handler(std::move(result));
    };
    asio::post(loopWork_.get_executor(), asio::bind_executor(handlerWork_.get_executor(), std::move(complete)));
  }

 private:
  using HandlerWork = decltype(asio::make_work_guard(std::declval<Handler&>(), std::declval<asio::any_io_executor>()));

  asio::executor_work_guard<asio::any_io_executor> loopWork_;
  HandlerWork handlerWork_;
  asio::associated_cancellation_slot_t<Handler> slot_;
  Handler handler_;
};

/// `BrokerClient::cancelOrderAsync` as an asynchronous operation of Asio. `token` is a callback, `asio::use_future`,
/// `asio::use_awaitable` or any other completion token. A refused submission is reported through it, too, as `NotSent`.
/// The client must outlive the operation.
template <class Token>
auto asyncCancel(const asio::any_io_executor& loop, alpaca::broker::BrokerClient& client,
                 const alpaca::broker::AccountId& account, const alpaca::broker::OrderId& order, Token&& token,
                 const alpaca::broker::CallOptions& options = {}) {
  const auto initiate = [loop, &client, account, order, options](auto&& handler) {
    using Completion = CancelCompletion<std::decay_t<decltype(handler)>>;
    // Shared, because some handlers can only be moved, and the client's callbacks must be copyable.
    const auto completion = std::make_shared<Completion>(std::forward<decltype(handler)>(handler), loop);
    auto submitted = client.cancelOrderAsync(
        account, order, [completion](CancelResult result) { completion->post(std::move(result)); },
        completion->stoppable(options));
    if (!submitted) completion->post(std::move(submitted).error());
  };
  return asio::async_initiate<Token, void(CancelResult)>(initiate, token);
}
