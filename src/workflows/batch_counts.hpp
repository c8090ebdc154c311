#pragma once

#include "workflows/distinct_orders.hpp"

#include <alpaca/broker/batch.hpp>
#include <alpaca/broker/error.hpp>

#include <cstddef>
#include <vector>

/// What the counts of both kinds of batches have in common.
namespace alpaca::broker::workflows {

/// Visits the result of each order of a report. An order that was given twice counts once, by its first entry.
template <class Entry, class Visit>
void forEachOrder(const std::vector<Entry>& entries, const Visit& visit) {
  DistinctOrders distinct(entries.size(), [&](std::size_t i) -> const OrderRef& { return entries[i].target; });
  for (std::size_t i = 0; i < entries.size(); ++i) {
    // guard: a batch counts a duplicate once
    if (distinct.add(i) != i) continue;
    visit(entries[i].result);
  }
}

/// The count that an order with this error belongs to.
template <class Counts>
std::size_t& counterOf(Counts& counts, const Error& error) noexcept {
  if (error.maybeApplied) return counts.maybeApplied;
  return error.httpStatus ? counts.refused : counts.notSent;
}

}  // namespace alpaca::broker::workflows
