#pragma once

#include <alpaca/broker/error.hpp>
#include <alpaca/broker/export.hpp>
#include <alpaca/broker/version.hpp>

#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// Either a `T` or an `Error`. Check it like a pointer, or let `value()` throw.
///
/// ```cpp
/// if (auto result = client.cancelOrder(account, order)) { use(result.call()); } else { handle(result.error()); }
/// Order now = client.getOrder(account, order).value();   // or let it throw BrokerError
/// ```
///
/// The compiler warns about a dropped result. Access to the missing side throws; it is never undefined behavior.
/// `call()` works on success and failure.
///
/// On a temporary `Result`, `value()`, `*`, `error()` and `call()` return a copy, not a reference. So `for (auto& order
/// : client.listOrders(a).value())` and `const auto& order = *client.getOrder(a, o)` are safe.
///
/// A reference or pointer from a named result is valid as long as that result exists. Clang warns when a reference
/// outlives a temporary. No compiler warns when it came from `->`. Do not keep a reference to a part of a temporary's
/// value, such as `const auto& symbol = client.getOrder(a, o)->symbol`.
template <class T>
class [[nodiscard]] Result {
  static_assert(!std::is_same_v<std::decay_t<T>, Error> && !std::is_reference_v<T>);

 public:
  /// A success, with the info of the call.
  Result(T value, CallInfo call = {})  // NOLINT(google-explicit-constructor)
      : value_(std::move(value)) {
    error_.call = std::move(call);
  }
  /// A failure.
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  /// True when there is a value.
  explicit operator bool() const noexcept { return value_.has_value(); }

  /// Returns the value. You may ignore the value and call it only for its exception.
  /// @throws BrokerError with the error of a failure
  /// @{
  T& value() & ALPACA_BROKER_LIFETIMEBOUND { return valueOf(*this); }
  // NOLINTNEXTLINE(modernize-use-nodiscard)
  const T& value() const& ALPACA_BROKER_LIFETIMEBOUND { return valueOf(*this); }
  T value() && { return std::move(valueOf(*this)); }
  T value() const&& { return valueOf(*this); }  // NOLINT(modernize-use-nodiscard)
  /// @}

  /// The same as `value()`.
  /// @{
  T& operator*() & ALPACA_BROKER_LIFETIMEBOUND { return valueOf(*this); }
  const T& operator*() const& ALPACA_BROKER_LIFETIMEBOUND { return valueOf(*this); }
  T operator*() && { return std::move(valueOf(*this)); }
  T operator*() const&& { return valueOf(*this); }
  T* operator->() ALPACA_BROKER_LIFETIMEBOUND { return &valueOf(*this); }
  const T* operator->() const ALPACA_BROKER_LIFETIMEBOUND { return &valueOf(*this); }
  /// @}

  /// Returns the error. @throws std::logic_error when there is a value.
  /// @{
  [[nodiscard]] Error& error() & ALPACA_BROKER_LIFETIMEBOUND { return errorOf(*this); }
  [[nodiscard]] const Error& error() const& ALPACA_BROKER_LIFETIMEBOUND { return errorOf(*this); }
  [[nodiscard]] Error error() && { return std::move(errorOf(*this)); }
  [[nodiscard]] Error error() const&& { return errorOf(*this); }
  /// @}

  /// How the call went, on success and failure alike: request id, attempts, sends, time, rate limit. For a failure it
  /// is `error().call`.
  /// @{
  [[nodiscard]] const CallInfo& call() const& ALPACA_BROKER_LIFETIMEBOUND { return error_.call; }
  [[nodiscard]] CallInfo call() const&& { return error_.call; }
  /// @}

 private:
  // One body for the const and the non-const accessor.
  template <class Self>
  static auto& valueOf(Self& self) {
    if (self.value_) return *self.value_;
    throw BrokerError(self.error_);
  }
  template <class Self>
  static auto& errorOf(Self& self) {
    if (self.value_) throw std::logic_error("Result::error() was called on a result that holds a value");
    return self.error_;
  }

  std::optional<T> value_{};
  Error error_{};  // when there is a value, only `error_.call` is used
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
