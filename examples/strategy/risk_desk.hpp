#pragma once

#include <alpaca/broker.hpp>

#include <deque>
#include <functional>

/// The prices at which the desk leaves its orders alone.
struct PriceBand {
  double low = 0;
  double high = 0;

  [[nodiscard]] bool contains(double price) const noexcept { return low <= price && price <= high; }
};

/// The next step for an order whose cancel has returned.
enum class NextStep {
  Read,         ///< it may be final in any way: read it before anything else
  CancelAgain,  ///< it is certainly unchanged and open
  AskAPerson,   ///< neither a read nor a retry helps
};

[[nodiscard]] NextStep nextStep(const alpaca::broker::Result<alpaca::broker::CancelAccepted>& result);

/// What the desk knows about an order.
enum class Standing {
  Working,  ///< open
  Unclear,  ///< its cancel was accepted or may have been; a read must show the result
  Gone,     ///< final and handled
  Stuck,    ///< a person must look at it
};

/// Cancels its orders when the price leaves a band, and passes on what was not filled. It does so only after the broker
/// reported the order as final: resubmitting after a mere "failed" doubles the position.
class RiskDesk {
 public:
  /// Receives an order that ended with a rest: its `qty` less its `filledQty`. May track the orders that it places.
  using Resubmit = std::function<void(const alpaca::broker::Order& ended)>;

  /// The client must outlive the desk.
  RiskDesk(alpaca::broker::BrokerClient& client, const alpaca::broker::AccountId& account, PriceBand band,
           Resubmit resubmit);

  void track(const alpaca::broker::OrderId& order);

  /// Call it with every price. Unfinished work continues at the next price.
  void onPrice(double price);

  /// @throws std::out_of_range for an order that is not tracked.
  [[nodiscard]] Standing standing(const alpaca::broker::OrderId& order) const;

 private:
  struct Tracked {
    alpaca::broker::OrderId id;
    Standing standing = Standing::Working;
    bool leaving = false;         // a cancel may still take effect, so the desk finishes it at any price
    bool cancelAccepted = false;  // then the desk only waits
  };

  void getOut(Tracked& order);
  void look(Tracked& order);
  void settle(Tracked& order, const alpaca::broker::Order& found);

  alpaca::broker::BrokerClient& client_;
  alpaca::broker::AccountId account_;
  PriceBand band_;
  Resubmit resubmit_;
  std::deque<Tracked> orders_;  // a deque, because orders may be added during the loop
};
