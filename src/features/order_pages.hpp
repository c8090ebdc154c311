#pragma once

#include "core/caller.hpp"
#include "endpoints/list_orders.hpp"

#include <vector>

namespace alpaca::broker::features {

/// Reads page after page until the list is whole, or as long as `filter.limit` says. All of it or an error, within one
/// deadline. The `call` of either counts the requests for all pages.
///
/// The broker has no page token, only "submitted before" and "after" a moment, and several orders may share one; nor is
/// it known how finely it compares. So each page begins a little before the end of the last one, and what was there
/// already is dropped. That the order at that end comes once more proves that nothing between the pages is missing.
Result<endpoints::list_orders::Page> readOrderPages(core::Caller& caller, const AccountId& account,
                                                    const OrderFilter& filter, const core::CallLimits& limits,
                                                    core::Caller::Clock::time_point start);

/// The same as the caller's options say, once they and the filter make sense. Time counts from `start`.
Result<std::vector<Order>> listOrders(core::Caller& caller, const AccountId& account, const OrderFilter& filter,
                                      const CallOptions& options, core::Caller::Clock::time_point start);

}  // namespace alpaca::broker::features
