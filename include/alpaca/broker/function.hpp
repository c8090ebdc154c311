#pragma once

#include <alpaca/broker/version.hpp>

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

template <class Signature>
class Function;

/// Holds a callable, like `std::function`, but also a move-only one such as a lambda that owns a `std::promise`.
/// Copies share the callable. It saves users of the library the 15,000 lines of `<functional>`.
template <class R, class... Arguments>
class Function<R(Arguments...)> {
 public:
  /// An empty function: there is nothing to call.
  /// @{
  Function() noexcept = default;
  Function(std::nullptr_t) noexcept {}  // NOLINT(google-explicit-constructor)
  /// @}

  /// Copies or moves the callable. An empty `std::function` or a null pointer makes an empty function.
  template <class Callable, class = std::enable_if_t<!std::is_same_v<std::decay_t<Callable>, Function> &&
                                                     std::is_invocable_r_v<R, std::decay_t<Callable>&, Arguments...>>>
  Function(Callable&& callable) {  // NOLINT(google-explicit-constructor,bugprone-forwarding-reference-overload)
    if constexpr (CanBeEmpty<std::decay_t<Callable>>::value && !std::is_function_v<std::remove_reference_t<Callable>>) {
      if (callable == nullptr) return;
    }
    held_ = std::make_shared<Held<std::decay_t<Callable>>>(std::forward<Callable>(callable));
  }

  /// False for an empty function.
  explicit operator bool() const noexcept { return held_ != nullptr; }
  friend bool operator==(const Function& a, std::nullptr_t) noexcept { return !a.held_; }
  friend bool operator!=(const Function& a, std::nullptr_t) noexcept { return bool(a.held_); }
  friend bool operator==(std::nullptr_t, const Function& a) noexcept { return !a.held_; }
  friend bool operator!=(std::nullptr_t, const Function& a) noexcept { return bool(a.held_); }

  /// Calls the callable. @throws std::logic_error when the function is empty, otherwise what the callable throws
  R operator()(Arguments... arguments) const {
    if (!held_) throw std::logic_error("an empty Function was called");
    return held_->call(std::forward<Arguments>(arguments)...);
  }

 private:
  template <class Callable, class = void>
  struct CanBeEmpty : std::false_type {};
  template <class Callable>
  struct CanBeEmpty<Callable,
                    std::enable_if_t<std::is_convertible_v<decltype(std::declval<Callable&>() == nullptr), bool>>>
      : std::true_type {};

  struct Base {
    Base() = default;
    Base(const Base&) = delete;
    Base& operator=(const Base&) = delete;
    virtual ~Base() = default;
    virtual R call(Arguments... arguments) = 0;
  };

  template <class Callable>
  struct Held final : Base {
    explicit Held(Callable given) : callable(std::move(given)) {}
    R call(Arguments... arguments) override {
      if constexpr (std::is_void_v<R>) {
        static_cast<void>(callable(std::forward<Arguments>(arguments)...));
      } else {
        return callable(std::forward<Arguments>(arguments)...);
      }
    }
    Callable callable;
  };

  std::shared_ptr<Base> held_{};
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
