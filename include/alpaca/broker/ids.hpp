#pragma once

#include <alpaca/broker/export.hpp>
#include <alpaca/broker/result.hpp>
#include <alpaca/broker/version.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// An account's id: a UUID of 8-4-4-4-12 hexadecimal digits. Ids that differ only in case are the same id.
///
/// Every `AccountId` is valid: `parse` refuses a wrong id before a URL is built from it. Copies share the text, so they
/// are cheap and need no memory. A move copies, so a moved-from id keeps its value.
class ALPACA_BROKER_EXPORT AccountId {
 public:
  /// @return the id, or `InvalidArgument` saying what is wrong with `text` and what is accepted.
  static Result<AccountId> parse(std::string_view text);

  AccountId(const AccountId&) = default;
  AccountId& operator=(const AccountId&) = default;
  ~AccountId() = default;

  /// The id, in lower case.
  [[nodiscard]] const std::string& str() const noexcept ALPACA_BROKER_LIFETIMEBOUND { return *text_; }

  friend bool operator==(const AccountId& a, const AccountId& b) noexcept { return a.str() == b.str(); }
  friend bool operator!=(const AccountId& a, const AccountId& b) noexcept { return a.str() != b.str(); }
  friend bool operator<(const AccountId& a, const AccountId& b) noexcept { return a.str() < b.str(); }

  /// Writes the id to an output stream.
  template <class Stream>
  friend auto operator<<(Stream& out, const AccountId& id) -> decltype(out << std::string_view()) {
    return out << id.str();
  }

 private:
  explicit AccountId(std::string text) : text_(std::make_shared<const std::string>(std::move(text))) {}
  std::shared_ptr<const std::string> text_;
};

/// An order's id: 1 to 128 characters of `A-Z a-z 0-9 _ -`. The broker's own ids are UUIDs. UUIDs that differ only in
/// case are the same id; other ids are case-sensitive.
///
/// An id contains no character with a meaning in a URL. So "cancel one order" can never become "cancel all orders".
/// Every `OrderId` is valid, and keeps its value when moved from, like an `AccountId`.
class ALPACA_BROKER_EXPORT OrderId {
 public:
  /// @return the id, or `InvalidArgument` saying what is wrong with `text` and what is accepted.
  static Result<OrderId> parse(std::string_view text);

  /// The UUID of zeros. No order at the broker has it; a default-constructed `Order` does.
  static OrderId nil();

  // No move is declared, so a move copies, and no id ever loses its text.
  // guard: an id cannot be moved out
  OrderId(const OrderId&) = default;
  OrderId& operator=(const OrderId&) = default;
  ~OrderId() = default;

  /// The id: a UUID in lower case, any other id byte for byte as parsed.
  [[nodiscard]] const std::string& str() const noexcept ALPACA_BROKER_LIFETIMEBOUND { return *text_; }

  friend bool operator==(const OrderId& a, const OrderId& b) noexcept { return a.str() == b.str(); }
  friend bool operator!=(const OrderId& a, const OrderId& b) noexcept { return a.str() != b.str(); }
  friend bool operator<(const OrderId& a, const OrderId& b) noexcept { return a.str() < b.str(); }

  /// Writes the id to an output stream.
  template <class Stream>
  friend auto operator<<(Stream& out, const OrderId& id) -> decltype(out << std::string_view()) {
    return out << id.str();
  }

 private:
  explicit OrderId(std::string text) : text_(std::make_shared<const std::string>(std::move(text))) {}
  std::shared_ptr<const std::string> text_;
};

/// The id that your own program gives an order: 1 to 128 printable ASCII characters. Case-sensitive.
///
/// Every `ClientOrderId` is valid, and keeps its value when moved from, like an `AccountId`.
class ALPACA_BROKER_EXPORT ClientOrderId {
 public:
  /// @return the id, or `InvalidArgument` saying what is wrong with `text` and what is accepted.
  static Result<ClientOrderId> parse(std::string_view text);

  ClientOrderId(const ClientOrderId&) = default;
  ClientOrderId& operator=(const ClientOrderId&) = default;
  ~ClientOrderId() = default;

  /// The id, byte for byte as parsed.
  [[nodiscard]] const std::string& str() const noexcept ALPACA_BROKER_LIFETIMEBOUND { return *text_; }

  friend bool operator==(const ClientOrderId& a, const ClientOrderId& b) noexcept { return a.str() == b.str(); }
  friend bool operator!=(const ClientOrderId& a, const ClientOrderId& b) noexcept { return a.str() != b.str(); }
  friend bool operator<(const ClientOrderId& a, const ClientOrderId& b) noexcept { return a.str() < b.str(); }

  /// Writes the id to an output stream.
  template <class Stream>
  friend auto operator<<(Stream& out, const ClientOrderId& id) -> decltype(out << std::string_view()) {
    return out << id.str();
  }

 private:
  explicit ClientOrderId(std::string text) : text_(std::make_shared<const std::string>(std::move(text))) {}
  std::shared_ptr<const std::string> text_;
};

/// The id's text, for logs.
/// @{
[[nodiscard]] inline std::string_view toString(const AccountId& id ALPACA_BROKER_LIFETIMEBOUND) noexcept {
  return id.str();
}
[[nodiscard]] inline std::string_view toString(const OrderId& id ALPACA_BROKER_LIFETIMEBOUND) noexcept {
  return id.str();
}
[[nodiscard]] inline std::string_view toString(const ClientOrderId& id ALPACA_BROKER_LIFETIMEBOUND) noexcept {
  return id.str();
}
/// @}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

template <>
struct std::hash<alpaca::broker::AccountId> {
  std::size_t operator()(const alpaca::broker::AccountId& id) const noexcept {
    return std::hash<std::string>{}(id.str());
  }
};

template <>
struct std::hash<alpaca::broker::OrderId> {
  std::size_t operator()(const alpaca::broker::OrderId& id) const noexcept {
    return std::hash<std::string>{}(id.str());
  }
};

template <>
struct std::hash<alpaca::broker::ClientOrderId> {
  std::size_t operator()(const alpaca::broker::ClientOrderId& id) const noexcept {
    return std::hash<std::string>{}(id.str());
  }
};
