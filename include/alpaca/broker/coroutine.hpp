#pragma once

/// `co_await` for the asynchronous calls, in C++20. Not part of `alpaca/broker.hpp`; empty where the compiler has no
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

/// Has something run elsewhere, for instance by posting it to your event loop. Called on one of the client's own
/// threads; must not throw.
using Post = Function<void(Function<void()> resume)>;

/// An asynchronous call, submitted when it is awaited, once. Awaiting gives the result. A refusal does not suspend the
/// coroutine; otherwise it goes on where `Post` brings it, or, without one, on one of the client's own threads, where
/// what is said of a `Callback` holds for it. It must not be destroyed while it waits.
template <class T>
class [[nodiscard]] Call {
 public:
  /// Submits the call, and gives its result to `done`.
  using Submit = Function<Result<Submitted>(Callback<T> done)>;

  /// What the functions below make; for calls of your own, too.
  explicit Call(Submit submit, Post post = {}) : submit_(std::move(submit)), post_(std::move(post)) {}

  /// What `co_await` asks for.
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

/// `co_await` it for what `BrokerClient::cancelOrder` returns. The client must be there until then.
inline Call<CancelAccepted> cancelOrder(const BrokerClient& client, const AccountId& account, const OrderId& order,
                                        const CallOptions& options = {}, Post post = {}) {
  return Call<CancelAccepted>(
      [&client, account, order, options](Callback<CancelAccepted> done) {
        return client.cancelOrderAsync(account, order, std::move(done), options);
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
