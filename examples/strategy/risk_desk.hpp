#pragma once

#include <alpaca/broker.hpp>

#include <deque>
#include <functional>

/// Where the price may be while the desk leaves its orders alone.
struct PriceBand {
  double low = 0;
  double high = 0;

  [[nodiscard]] bool contains(double price) const noexcept { return low <= price && price <= high; }
};

/// What to do next about an order whose cancel has returned.
enum class NextStep {
  Read,         ///< it may be final, in whatever way: look before anything else is done
  CancelAgain,  ///< it certainly is as it was: open
  AskAPerson,   ///< neither looking nor trying again will help
};

[[nodiscard]] NextStep nextStep(const alpaca::broker::Result<alpaca::broker::CancelAccepted>& result);

/// What the desk knows of an order.
enum class Standing {
  Working,  ///< open
  Unclear,  ///< a cancel of it was accepted, or may have been: what became of it is to be read
  Gone,     ///< final, and dealt with
  Stuck,    ///< for a person to look at
};

/// Gets out of its orders when the price leaves a band, and hands what was not filled to whoever trades on. It never
/// does so before the broker has said that the order is dead: resubmitting on a mere "failed" doubles the position.
class RiskDesk {
 public:
  /// Is given an order that has ended with something left: its `qty` less its `filledQty`. May track what it places.
  using Resubmit = std::function<void(const alpaca::broker::Order& ended)>;

  /// The client must outlive the desk.
  RiskDesk(alpaca::broker::BrokerClient& client, const alpaca::broker::AccountId& account, PriceBand band,
           Resubmit resubmit);

  void track(const alpaca::broker::OrderId& order);

  /// Call it with every price: what could not be finished at one is taken up at the next.
  void onPrice(double price);

  /// @throws std::out_of_range for an order that is not tracked.
  [[nodiscard]] Standing standing(const alpaca::broker::OrderId& order) const;

 private:
  struct Tracked {
    alpaca::broker::OrderId id;
    Standing standing = Standing::Working;
    bool leaving = false;         // a cancel may yet take effect: it is seen through, wherever the price goes
    bool cancelAccepted = false;  // then there is only to wait
  };

  void getOut(Tracked& order);
  void look(Tracked& order);
  void settle(Tracked& order, const alpaca::broker::Order& found);

  alpaca::broker::BrokerClient& client_;
  alpaca::broker::AccountId account_;
  PriceBand band_;
  Resubmit resubmit_;
  std::deque<Tracked> orders_;  // where it is looked at, more may be added
};
