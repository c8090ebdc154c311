#pragma once

#include "workflows/sweep_ledger.hpp"

#include <alpaca/broker/kill_switch.hpp>
#include <alpaca/broker/order_filter.hpp>

#include <vector>

/// Which of the listed orders a kill switch means.
namespace alpaca::broker::workflows {

/// What to list. Side and symbols are not sent: the broker may read them in another way, and an order that it leaves
/// out would be missing from the verdict. With a prefix, legs are asked for within their order: they have ids that the
/// broker made up.
OrderFilter sweepFilter(const KillSwitchOptions& options, OrderFilter::Status part);

/// True for an order whose own client order id begins with the prefix, and for each one when there is no prefix.
bool hasPrefix(const Order& order, const KillSwitchOptions& options);

/// False for an order of another side or symbol, whatever has led to it.
bool mayBeMeant(const Order& order, const KillSwitchOptions& options);

/// True when one of the orders is alive and does not say whether the options mean it.
bool isUndecided(const std::vector<Order>& orders, const KillSwitchOptions& options);

/// Takes in the open orders: those that are meant, those that replaced one of them, and their legs.
/// @param isAll whether what is known to be alive and is not among them may have ended
void takeOpen(SweepLedger& ledger, std::vector<Order> orders, bool isAll, const KillSwitchOptions& options);

/// Takes in what the broker lists as closed: orders that are alive all the same, and the ends of known ones. Follows
/// those that were replaced to what lives on in their place.
void takeClosed(SweepLedger& ledger, std::vector<Order> orders, const KillSwitchOptions& options);

}  // namespace alpaca::broker::workflows
