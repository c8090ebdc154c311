#pragma once

#include "call/pipeline.hpp"
#include "endpoints/list_orders.hpp"

#include <optional>
#include <vector>

namespace alpaca::broker::workflows {

/// The result of reading a list.
struct OrderList {
  std::vector<Order> orders{};   ///< only orders that pass the filter, each once
  std::optional<Error> error{};  ///< why orders may be missing; absent when the list is complete
  std::size_t pages = 0;         ///< how many requests returned a page
  CallInfo call{};               ///< over all requests
};

/// A list to read, within one deadline.
struct ListRequest {
  call::CallPipeline& pipeline;
  const AccountId& account;
  const OrderFilter& filter;
  const call::CallLimits& limits;
  call::CallPipeline::Clock::time_point start;
  endpoints::list_orders::Advice advice = endpoints::readAdvice;
  std::optional<OrderFilter::Status> passed{};  ///< which orders to return by their status, if not `filter.status`
};

/// Reads pages until the list is complete or has `filter.limit` orders.
///
/// The broker has no page token. It only knows "submitted before" and "after" a moment. Several orders may share one
/// moment, and the precision of the comparison is unknown. So each page begins a little before the end of the last one,
/// and repeated orders are dropped. When the last order of a page shows up again, no order between the pages is
/// missing.
///
/// A page that is not full proves nothing: the broker may cap pages, or count legs. So the list is read once more from
/// its other end, up to the end of the page. The list is complete only if that shows no new order.
OrderList readOrderPages(const ListRequest& request);

/// Checks the options and the filter, then reads the list. Returns the complete list or an error.
Result<std::vector<Order>> listOrders(call::CallPipeline& pipeline, const AccountId& account, const OrderFilter& filter,
                                      const CallOptions& options);

/// The same with limits and a filter that need no check. Time counts from `start`.
Result<std::vector<Order>> listOrders(call::CallPipeline& pipeline, const AccountId& account, const OrderFilter& filter,
                                      const call::CallLimits& limits, call::CallPipeline::Clock::time_point start);

}  // namespace alpaca::broker::workflows
