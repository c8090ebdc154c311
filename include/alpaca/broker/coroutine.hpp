#pragma once

/// `co_await` for the asynchronous calls, in C++20. Not part of `alpaca/broker.hpp`. Empty when the compiler has no
/// coroutines.

#include <alpaca/broker/client.hpp>
#include <alpaca/broker/function.hpp>
#include <alpaca/broker/version.hpp>

#if defined(__cpp_impl_coroutine) && __has_include(<coroutine>)

#include <coroutine>
#include <optional>
#include <utility>
#include <vector>

namespace alpaca::broker::coroutine {
inline namespace ALPACA_BROKER_ABI {

/// Runs `resume` on a thread of your choice, for instance by posting it to your event loop. The client calls it on one
/// of its own threads. It must not throw.
using Post = Function<void(Function<void()> resume)>;

/// An asynchronous call. `co_await` submits it and returns its result; await it once.
///
/// A refused submission does not suspend the coroutine. Otherwise the coroutine resumes where `Post` runs it. Without a
/// `Post` it resumes on one of the client's threads, where the rules of `Callback` apply. Do not destroy the coroutine
/// while it waits.
template <class T>
class [[nodiscard]] Call {
 public:
  /// Submits the call, and gives its result to `done`.
  using Submit = Function<Result<Submitted>(Callback<T> done)>;

  /// Used by the functions below. Use it for calls of your own, too.
  explicit Call(Submit submit, Post post = {}) : submit_(std::move(submit)), post_(std::move(post)) {}

  /// The interface that `co_await` uses.
  /// @{
  [[nodiscard]] bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> waiting) { return suspend(*this, waiting); }
  Result<T> await_resume() { return *std::move(result_); }
  /// @}

 private:
  // The result may come, and the coroutine with this very object in it be gone, before submit() returns. So from there
  // on nothing is touched but what is on the stack; not inlined, as some compilers keep the coroutine's stack in it.
  [[gnu::noinline]] static bool suspend(Call& call, std::coroutine_handle<> waiting) {
    const Submit submit = std::move(call.submit_);
    const auto done = [&call, waiting, post = std::move(call.post_)](Result<T> result) {
      call.result_.emplace(std::move(result));
      post ? post(waiting) : waiting.resume();
    };
    Result<Submitted> submitted = submit(done);
    if (submitted) return true;
    call.result_.emplace(std::move(submitted).error());
    return false;
  }

  Submit submit_;
  Post post_;
  std::optional<Result<T>> result_{};
};

/// `co_await` it to get what `BrokerClient::cancelOrder` returns. The client must exist when it is awaited.
inline Call<CancelAccepted> cancelOrder(const BrokerClient& client, const AccountId& account, const OrderId& order,
                                        const CallOptions& options = {}, Post post = {}) {
  return Call<CancelAccepted>(
      [&client, account, order, options](Callback<CancelAccepted> done) {
        return client.cancelOrderAsync(account, order, std::move(done), options);
      },
      std::move(post));
}

/// The same for `BrokerClient::cancelOrderAndConfirm`.
inline Call<CancelConfirmation> cancelOrderAndConfirm(const BrokerClient& client, const AccountId& account,
                                                      const OrderId& order, const ConfirmOptions& options = {},
                                                      Post post = {}) {
  return Call<CancelConfirmation>(
      [&client, account, order, options](Callback<CancelConfirmation> done) {
        return client.cancelOrderAndConfirmAsync(account, order, std::move(done), options);
      },
      std::move(post));
}

/// The same for `BrokerClient::getOrder`.
inline Call<Order> getOrder(const BrokerClient& client, const AccountId& account, const OrderId& order,
                            const CallOptions& options = {}, Post post = {}) {
  return Call<Order>(
      [&client, account, order, options](Callback<Order> done) {
        return client.getOrderAsync(account, order, std::move(done), options);
      },
      std::move(post));
}

/// The same for `BrokerClient::listOrders`.
inline Call<std::vector<Order>> listOrders(const BrokerClient& client, const AccountId& account,
                                           const OrderFilter& filter = {}, const CallOptions& options = {},
                                           Post post = {}) {
  return Call<std::vector<Order>>(
      [&client, account, filter, options](Callback<std::vector<Order>> done) {
        return client.listOrdersAsync(account, filter, std::move(done), options);
      },
      std::move(post));
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker::coroutine

#endif
