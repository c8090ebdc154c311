#pragma once

#include <alpaca/broker/kill_switch.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

namespace alpaca::broker::features {

/// What a kill switch knows about the orders of one account. No order that it has heard of gets lost.
class SweepLedger {
 public:
  /// The account as it was looked at: these orders are open, and whatever else is known is not.
  void look(std::vector<Order> open);

  /// A cancel of this order was accepted, or failed.
  void cancelAccepted(const OrderId& order);
  void cancelFailed(const OrderId& order, Error error);

  /// The order was read, and has ended; nothing is done about an order that is not known.
  void ended(Order order);

  /// The order was read after it had vanished from the open ones. It may turn out to be open after all.
  void read(Order order);
  void unreadable(const OrderId& order, Error error);

  /// Those that are open and of which no cancel is under way.
  [[nodiscard]] std::vector<OrderId> toCancel() const;

  /// Those that are not open any more and of whose end nothing is known.
  [[nodiscard]] std::vector<OrderId> vanished() const;

  [[nodiscard]] std::size_t found() const noexcept { return orders_.size(); }
  [[nodiscard]] std::size_t open() const noexcept;

  /// Sorts the orders into the lists of the report.
  void report(AccountKill& account) const;

 private:
  enum class Place { Vanished, Open, Ended };
  struct Known {
    Place place = Place::Vanished;
    std::optional<Order> order{};
    std::optional<Error> cancelError{};
    std::optional<Error> readError{};
  };

  std::map<OrderId, Known> orders_;
};

}  // namespace alpaca::broker::features
