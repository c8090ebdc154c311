#include "risk_desk.hpp"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>

namespace broker = alpaca::broker;

NextStep nextStep(const broker::Result<broker::CancelAccepted>& result) {
  if (result) return NextStep::Read;  // accepted is not canceled: it may still fill
  const broker::Error& error = result.error();
  if (error.maybeApplied) return NextStep::Read;  // first of all: our own cancel may have caused even a refusal
  switch (error.kind) {
    case broker::ErrorKind::NotCancelable:
      return NextStep::Read;
    case broker::ErrorKind::NotSent:
    case broker::ErrorKind::Aborted:
    case broker::ErrorKind::RateLimited:
    case broker::ErrorKind::ServerError:
      return NextStep::CancelAgain;
    default:
      return NextStep::AskAPerson;
  }
}

RiskDesk::RiskDesk(broker::BrokerClient& client, const broker::AccountId& account, PriceBand band, Resubmit resubmit)
    : client_(client), account_(account), band_(band), resubmit_(std::move(resubmit)) {}

void RiskDesk::track(const broker::OrderId& order) { orders_.push_back({order}); }

void RiskDesk::onPrice(double price) {
  const std::size_t count = orders_.size();  // without orders that are placed meanwhile
  for (std::size_t i = 0; i < count; ++i) {
    Tracked& order = orders_[i];
    if (order.standing == Standing::Unclear) look(order);
    const bool wanted = !order.leaving && band_.contains(price);
    if (order.standing == Standing::Working && !wanted) getOut(order);
  }
}

Standing RiskDesk::standing(const broker::OrderId& order) const {
  const auto found = std::find_if(orders_.begin(), orders_.end(), [&](const Tracked& it) { return it.id == order; });
  if (found == orders_.end()) throw std::out_of_range(order.str() + " is not tracked");
  return found->standing;
}

void RiskDesk::getOut(Tracked& order) {
  const auto result = client_.cancelOrder(account_, order.id);
  order.leaving = order.leaving || result || result.error().maybeApplied;
  order.cancelAccepted = static_cast<bool>(result);
  switch (nextStep(result)) {
    case NextStep::Read:
      order.standing = Standing::Unclear;
      return look(order);
    case NextStep::CancelAgain:
      return;  // retried at the next price; the order is open, so nothing may replace it
    case NextStep::AskAPerson:
      order.standing = Standing::Stuck;
  }
}

void RiskDesk::look(Tracked& order) {
  if (const auto found = client_.getOrder(account_, order.id)) settle(order, *found);
  // Otherwise it stays unclear until a read succeeds.
}

void RiskDesk::settle(Tracked& order, const broker::Order& found) {
  switch (found.status.kind()) {
    case broker::OrderStatus::Canceled:
    case broker::OrderStatus::Expired:
      order.standing = Standing::Gone;  // before the call, so that nothing can pass it on twice
      return resubmit_(found);
    case broker::OrderStatus::Filled:
      order.standing = Standing::Gone;
      return;
    case broker::OrderStatus::Replaced:  // lives on under another id, which is not canceled
      if (!found.replacedBy) break;
      order = {*found.replacedBy};
      return;
    case broker::OrderStatus::Rejected:
      break;
    case broker::OrderStatus::PendingCancel:
    case broker::OrderStatus::PendingReplace:
      return;  // still unclear
    default:
      if (!order.cancelAccepted) order.standing = Standing::Working;
      return;
  }
  order.standing = Standing::Stuck;
}
