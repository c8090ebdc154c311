#pragma once

#include "workflows/sweep_ledger.hpp"

#include <alpaca/broker/kill_switch.hpp>
#include <alpaca/broker/order_filter.hpp>

#include <vector>

/// Decides which of the listed orders a kill switch means.
namespace alpaca::broker::workflows {

/// The filter of a sweep's list. Side, symbols and times are not sent: if the broker read them differently, it would
/// leave out orders, and the verdict would be wrong. With a prefix, legs are listed within their order, because the
/// broker makes up their client order ids.
OrderFilter sweepFilter(const KillSwitchOptions& options, OrderFilter::Status part);

/// True when the order's own client order id begins with the prefix, or when there is no prefix.
bool hasPrefix(const Order& order, const KillSwitchOptions& options);

/// False for an order that side, symbols or times exclude, even if it replaced one that is meant.
bool mayBeMeant(const Order& order, const KillSwitchOptions& options);

/// True when a live order lacks the fields that decide whether it is meant.
bool isUndecided(const std::vector<Order>& orders, const KillSwitchOptions& options);

/// Adds open orders to the ledger: those that are meant, their replacements, and the legs of both.
/// @param isAll whether the list can prove that a known live order is no longer open
void takeOpen(SweepLedger& ledger, std::vector<Order> orders, bool isAll, const KillSwitchOptions& options);

/// Adds orders that the broker lists as closed: those that are alive all the same, and known orders that ended. Follows
/// replaced orders to their replacements.
void takeClosed(SweepLedger& ledger, std::vector<Order> orders, const KillSwitchOptions& options);

}  // namespace alpaca::broker::workflows
