#include "features/order_pages.hpp"

#include "core/order_query_check.hpp"
#include "core/reading.hpp"
#include "core/timestamp.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

namespace alpaca::broker::features {
namespace {

using core::Nanotime;
using endpoints::list_orders::kLargestPage;
using endpoints::list_orders::Page;
using std::chrono::nanoseconds;
using namespace std::chrono_literals;

// By how much a page reaches back into the one before.
constexpr nanoseconds kUsual = 1ms;
constexpr nanoseconds kWide = 1s;  // for a broker that compares more coarsely than any is thought to

// Where a page ended.
struct Edge {
  OrderId order;
  Nanotime time;
  nanoseconds overlap;
};

// When it was submitted, if that can be read.
std::optional<Nanotime> moment(const Order& order) {
  if (!order.submittedAt || !order.submittedAt->readable) return std::nullopt;
  return order.submittedAt->time;
}

class Pages {
 public:
  Pages(core::Caller& caller, const AccountId& account, const OrderFilter& filter, const core::CallLimits& limits,
        core::Caller::Clock::time_point start)
      : caller_(caller), account_(account), filter_(filter), limits_(limits), start_(start), query_(filter) {
    // Only the first page may be small: a later one has the orders in it that are there already.
    query_.limit = std::min(filter.limit.value_or(kLargestPage), kLargestPage);
  }

  Result<Page> read() {
    for (;;) {
      const Result<Page> page = next();
      if (!page) return failure(page.error());
      const std::vector<Order>& orders = page->orders;
      if (skipsEdge(orders)) {
        if (edge_->overlap != kUsual) return unpageable("orders are left out that were submitted at one moment");
        reachBack(kWide);
        continue;
      }
      const bool progress = take(orders);
      if (isLongEnough() || !isFull(orders)) return std::move(list_);
      if (!moment(orders.back())) return unpageable("the last order of a page has no such moment");
      if (!progress && !lookCloser()) return unpageable("500 or more orders were submitted at or about one moment");
      if (progress) moveTo(orders.back());
    }
  }

 private:
  Result<Page> next() {
    Result<Page> page = caller_.call(endpoints::list_orders::operation(account_, query_), limits_, start_);
    CallInfo& call = page ? page->call : page.error().call;
    call.attempts += list_.call.attempts;
    call.sends += list_.call.sends;
    list_.call = call;
    return page;
  }

  [[nodiscard]] bool isFull(const std::vector<Order>& orders) const { return orders.size() >= *query_.limit; }

  // A page that goes beyond the edge without showing its order may leave out others as well. But that order may have
  // left the list in the meantime: a wide page that lacks it, too, is taken as it is.
  [[nodiscard]] bool skipsEdge(const std::vector<Order>& orders) const {
    if (!edge_ || edge_->overlap == kWide || (isFull(orders) && !isBeyondEdge(orders.back()))) return false;
    return std::none_of(orders.begin(), orders.end(), [&](const Order& order) { return order.id == edge_->order; });
  }

  [[nodiscard]] bool isBeyondEdge(const Order& order) const {
    const auto time = moment(order);
    if (!time) return true;
    return isOldestFirst() ? *time > edge_->time : *time < edge_->time;
  }

  [[nodiscard]] bool isOldestFirst() const { return filter_.direction == OrderFilter::Direction::OldestFirst; }

  // @return false when there was nothing new.
  bool take(const std::vector<Order>& orders) {
    const std::size_t before = list_.orders.size();
    for (const Order& order : orders) {
      if (!isLongEnough() && seen_.insert(order.id).second) list_.orders.push_back(order);
    }
    return list_.orders.size() > before;
  }

  [[nodiscard]] bool isLongEnough() const { return filter_.limit && list_.orders.size() >= *filter_.limit; }

  void moveTo(const Order& last) {
    edge_ = Edge{last.id, *moment(last), kUsual};
    query_.limit = kLargestPage;
    reachBack(kUsual);
  }

  // Many orders within the overlap can fill the page: a smaller one leaves room for others.
  bool lookCloser() {
    if (!edge_ || edge_->overlap == kWide || edge_->overlap == 1ns) return false;
    reachBack(edge_->overlap / 1000);
    return true;
  }

  void reachBack(nanoseconds overlap) {
    edge_->overlap = overlap;
    if (isOldestFirst()) {
      query_.after = std::max(edge_->time - overlap, filter_.after.value_or(Nanotime::min()));
    } else {
      query_.until = std::min(edge_->time + overlap, filter_.until.value_or(Nanotime::max()));
    }
  }

  [[nodiscard]] Error failure(Error error) const {
    if (list_.orders.empty()) return error;
    error.message +=
        " The " + std::to_string(list_.orders.size()) +
        " orders that were read before are not given: a list that is cut short would pass for a whole one.";
    return error;
  }

  [[nodiscard]] Error unpageable(const char* why) const {
    Error error;
    error.kind = ErrorKind::UnexpectedResponse;
    error.message =
        "The list of orders cannot be read in full: the broker gives at most 500 orders at once and goes "
        "on from the moment of submission, and ";
    error.message.append(why);
    if (edge_) error.message += " (" + core::formatTimestamp(edge_->time) + ")";
    error.message += ". Nothing was changed: ask for fewer orders, by symbol, side or status.";
    error.call = list_.call;
    return error;
  }

  core::Caller& caller_;
  const AccountId& account_;
  const OrderFilter& filter_;
  const core::CallLimits& limits_;
  const core::Caller::Clock::time_point start_;
  OrderFilter query_;
  std::optional<Edge> edge_;
  std::unordered_set<OrderId> seen_;
  Page list_;
};

}  // namespace

Result<Page> readOrderPages(core::Caller& caller, const AccountId& account, const OrderFilter& filter,
                            const core::CallLimits& limits, core::Caller::Clock::time_point start) {
  return Pages(caller, account, filter, limits, start).read();
}

Result<std::vector<Order>> listOrders(core::Caller& caller, const AccountId& account, const OrderFilter& filter,
                                      const CallOptions& options, core::Caller::Clock::time_point start) {
  std::optional<Error> fault = core::faultIn(options);
  if (!fault) fault = core::faultIn(filter);
  if (fault) {
    fault->message.append(" ").append(core::readAdvice(*fault));
    return std::move(*fault);
  }
  Result<Page> list = readOrderPages(caller, account, filter, caller.limits(options, start), start);
  if (!list) return std::move(list).error();
  return std::move(list->orders);
}

}  // namespace alpaca::broker::features
