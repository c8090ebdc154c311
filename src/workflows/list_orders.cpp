#include "workflows/list_orders.hpp"

#include "endpoints/read_error.hpp"
#include "model/options_check.hpp"
#include "workflows/call_sum.hpp"
#include "workflows/page_order.hpp"
#include "workflows/page_reader.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

namespace alpaca::broker::workflows {
namespace {

using endpoints::list_orders::Advice;
using endpoints::list_orders::kMaxSymbols;

// Joins the lists for several groups of symbols into the list that one request would have returned.
class Pieces {
 public:
  explicit Pieces(const OrderFilter& filter) : filter_(filter) {}

  void add(OrderList piece) {
    workflows::add(whole_.call, piece.call);
    whole_.call.elapsed = piece.call.elapsed;
    whole_.pages += piece.pages;
    if (piece.error) whole_.error = std::move(piece.error);
    for (Order& order : piece.orders) {
      if (seen_.insert(order.id).second) whole_.orders.push_back(std::move(order));
    }
  }

  OrderList take() {
    sortBySubmission(whole_.orders, filter_.direction);
    if (filter_.limit && whole_.orders.size() > *filter_.limit) {
      whole_.orders.erase(whole_.orders.begin() + static_cast<std::ptrdiff_t>(*filter_.limit), whole_.orders.end());
    }
    return std::move(whole_);
  }

 private:
  const OrderFilter& filter_;
  std::unordered_set<OrderId> seen_;
  OrderList whole_;
};

Error notGiven(Error error, std::size_t orders) {
  if (orders == 0) return error;
  error.message += " The " + std::to_string(orders) +
                   " orders that were read before are not given: a list that is cut short would pass for a whole one.";
  return error;
}

}  // namespace

OrderList readOrderPages(call::CallPipeline& pipeline, const AccountId& account, const OrderFilter& filter,
                         const call::CallLimits& limits, call::CallPipeline::Clock::time_point start, Advice advice,
                         std::optional<OrderFilter::Status> passed) {
  const Inquiry inquiry{pipeline, account, filter, limits, start, advice, passed.value_or(filter.status)};
  if (!filter.symbols || filter.symbols->size() <= kMaxSymbols) return readPages(inquiry, filter.symbols);
  Pieces pieces(filter);
  const std::vector<std::string>& all = *filter.symbols;
  for (auto from = all.begin(); from != all.end();) {
    const auto size = std::min<std::ptrdiff_t>(all.end() - from, kMaxSymbols);
    pieces.add(readPages(inquiry, std::vector<std::string>(from, from + size)));
    from += size;
  }
  return pieces.take();
}

Result<std::vector<Order>> listOrders(call::CallPipeline& pipeline, const AccountId& account, const OrderFilter& filter,
                                      const CallOptions& options, call::CallPipeline::Clock::time_point start) {
  std::optional<Error> fault = model::validate(options);
  if (!fault) fault = model::validate(filter);
  if (fault) {
    fault->message.append(" ").append(endpoints::readAdvice(*fault));
    return std::move(*fault);
  }
  OrderList list = readOrderPages(pipeline, account, filter, pipeline.limits(options, start), start);
  if (!list.error) return std::move(list.orders);
  list.error->call = std::move(list.call);
  return notGiven(std::move(*list.error), list.orders.size());
}

}  // namespace alpaca::broker::workflows
