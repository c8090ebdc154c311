#pragma once

#include "call/pipeline.hpp"
#include "endpoints/list_orders.hpp"

#include <optional>
#include <vector>

namespace alpaca::broker::workflows {

/// What reading a list came to.
struct OrderList {
  std::vector<Order> orders{};   ///< only what the filter lets pass, each once
  std::optional<Error> error{};  ///< why orders may be missing; absent: the list is whole
  std::size_t pages = 0;         ///< how many requests were answered with a page
  CallInfo call{};               ///< over all requests
};

/// Reads page after page until the list is whole, or as long as `filter.limit` says, within one deadline.
///
/// The broker has no page token, only "submitted before" and "after" a moment, and several orders may share one; nor is
/// it known how finely it compares. So each page begins a little before the end of the last one, and what was there
/// already is dropped. That the order at that end comes once more proves that nothing between the pages is missing.
///
/// A page that is not full proves nothing: the broker may cap pages, or count legs. So the list is asked for once more
/// from its other end, up to where the page ended: only when that shows no other order is the list whole.
///
/// @param passed which orders to return by their status, if not those of `filter.status`
OrderList readOrderPages(call::CallPipeline& pipeline, const AccountId& account, const OrderFilter& filter,
                         const call::CallLimits& limits, call::CallPipeline::Clock::time_point start,
                         endpoints::list_orders::Advice advice = endpoints::readAdvice,
                         std::optional<OrderFilter::Status> passed = std::nullopt);

/// The same as the caller's options say, once they and the filter make sense; all of it or an error. Time counts from
/// `start`.
Result<std::vector<Order>> listOrders(call::CallPipeline& pipeline, const AccountId& account, const OrderFilter& filter,
                                      const CallOptions& options, call::CallPipeline::Clock::time_point start);

}  // namespace alpaca::broker::workflows
