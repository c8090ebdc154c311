#include "workflows/list_orders.hpp"

#include "model/invalid_argument.hpp"
#include "model/options_check.hpp"
#include "workflows/call_sum.hpp"
#include "workflows/page_order.hpp"
#include "workflows/page_reader.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

namespace alpaca::broker::workflows {
namespace {

using endpoints::list_orders::kMaxSymbols;

Error notReturned(Error error, std::size_t orders) {
  if (orders == 0) return error;
  error.message +=
      " The " + std::to_string(orders) +
      " orders that were read so far are not returned: an incomplete list could be taken for a complete one.";
  return error;
}

}  // namespace

// More symbols than fit into one request are read in groups, and joined into the list that one request would have
// returned.
OrderList readOrderPages(const ListRequest& request) {
  const OrderFilter& filter = request.filter;
  if (!filter.symbols || filter.symbols->size() <= kMaxSymbols) return readPages(request, filter.symbols);
  OrderList whole;
  std::unordered_set<OrderId> seen;
  for (auto from = filter.symbols->begin(); from != filter.symbols->end();) {
    const auto size = std::min<std::ptrdiff_t>(filter.symbols->end() - from, kMaxSymbols);
    OrderList group = readPages(request, std::vector<std::string>(from, from + size));
    from += size;
    add(whole.call, group.call);
    whole.call.elapsed = group.call.elapsed;
    whole.pages += group.pages;
    if (group.error) whole.error = std::move(group.error);
    std::copy_if(std::make_move_iterator(group.orders.begin()), std::make_move_iterator(group.orders.end()),
                 std::back_inserter(whole.orders), [&](const Order& order) { return seen.insert(order.id).second; });
  }
  sortBySubmission(whole.orders, filter.direction);
  if (filter.limit && whole.orders.size() > *filter.limit) {
    whole.orders.erase(whole.orders.begin() + static_cast<std::ptrdiff_t>(*filter.limit), whole.orders.end());
  }
  return whole;
}

Result<std::vector<Order>> listOrders(call::CallPipeline& pipeline, const AccountId& account, const OrderFilter& filter,
                                      const CallOptions& options) {
  std::optional<Error> fault = model::validate(options);
  if (!fault) fault = model::validate(filter);
  if (fault) return *model::withNothingSent(std::move(fault));
  const auto start = pipeline.now();
  return listOrders(pipeline, account, filter, pipeline.limits(options, start), start);
}

Result<std::vector<Order>> listOrders(call::CallPipeline& pipeline, const AccountId& account, const OrderFilter& filter,
                                      const call::CallLimits& limits, call::CallPipeline::Clock::time_point start) {
  OrderList list = readOrderPages({pipeline, account, filter, limits, start});
  if (!list.error) return {std::move(list.orders), std::move(list.call)};
  return notReturned(withCall(std::move(*list.error), std::move(list.call)), list.orders.size());
}

}  // namespace alpaca::broker::workflows
