#include "workflows/page_reader.hpp"

#include "model/order_match.hpp"
#include "model/timestamp.hpp"
#include "workflows/call_sum.hpp"
#include "workflows/page_order.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace alpaca::broker::workflows {
namespace {

using endpoints::list_orders::kMaxPage;
using endpoints::list_orders::Page;
using model::Nanotime;
using std::chrono::nanoseconds;
using namespace std::chrono_literals;

// How far a page overlaps the one before.
constexpr nanoseconds kUsual = 1ms;
constexpr nanoseconds kWide = 1s;  // for a broker that compares moments more coarsely than expected

using Direction = OrderFilter::Direction;

// The last order of a page: the next page must show it again.
struct Edge {
  OrderId order;
  Nanotime time;
  nanoseconds overlap;
};

class Pages {
 public:
  Pages(const Inquiry& inquiry, std::optional<std::vector<std::string>> symbols)
      : inquiry_(inquiry), filter_(inquiry.filter), query_(filter_) {
    query_.symbols = std::move(symbols);
    // Only the first page may be small, and only when the broker applies the whole filter: later pages repeat known
    // orders.
    query_.limit = filter_.side ? kMaxPage : std::min(filter_.limit.value_or(kMaxPage), kMaxPage);
  }

  OrderList read() {
    while (readOne()) {
    }
    return std::move(list_);
  }

 private:
  // @return false at the end of the list, or when reading on is impossible
  bool readOne() {
    const Result<Page> page = ask(query_);
    if (!page) return giveUp(page.error());
    const std::vector<Order>& orders = page->orders;
    // guard: no order is skipped between two pages
    if (skipsEdge(*page)) {
      if (edge_->overlap != kUsual) return giveUp(unpageable("orders are left out that were submitted at one moment"));
      reachBack(kWide);
      return true;
    }
    const nanoseconds disorder = disorderOf(orders, filter_.direction);
    const bool progress = take(orders);  // before the checks: these orders are useful even if reading fails
    // guard: a list that is not sorted is an error
    if (disorder > kWide) return giveUp(unpageable("its pages are not sorted by that moment"));
    if (disorder > kUsual / 2) overlap_ = kWide;
    if (isLongEnough()) return false;
    if (lostItsEdge(*page)) return giveUp(unpageable("orders are left out"));
    // guard: a page that is not full is not taken for the last one
    return isFull(*page) ? goOn(orders, progress) : isMoreBehind(*page, progress);
  }

  Result<Page> ask(const OrderFilter& query) {
    const auto operation = endpoints::list_orders::operation(inquiry_.account, query, inquiry_.advice);
    Result<Page> page = inquiry_.pipeline.call(operation, inquiry_.limits, inquiry_.start);
    const CallInfo& call = page.call();
    add(list_.call, call);
    list_.call.elapsed = call.elapsed;
    if (page) note(*page);
    list_.pages += page ? 1 : 0;
    return page;
  }

  // Unreadable entries make the list an error in the end. Reading goes on for the sake of the readable ones.
  void note(const Page& page) {
    // guard: an unreadable entry makes a list an error
    if (page.unreadable > 0) list_.error = faulty(std::to_string(page.unreadable) + " entries are no order with an id");
  }

  bool goOn(const std::vector<Order>& orders, bool progress) {
    if (orders.empty() || !timeOf(orders.back())) {
      return giveUp(unpageable("the last order of a page has no such moment"));
    }
    if (progress) {
      moveTo(orders.back());
    } else if (!lookCloser()) {
      return giveUp(unpageable("500 or more orders were submitted at or about one moment"));
    }
    return true;
  }

  // Checks whether more orders follow a page that is not full.
  // @return true when there are more and reading can go on
  bool isMoreBehind(const Page& page, bool progress) {
    const Order* const last = lastWithTime(page.orders);
    if (last != nullptr) {
      if (!findsMore(Edge{last->id, *timeOf(*last), overlap_})) return false;
      if (!progress) return giveUp(unpageable("orders are left out"));
      cap_ = page.size();
      moveTo(*last);
      return true;
    }
    // No order of the page has a moment to continue from. Whether orders are missing can still be found out.
    if (page.size() == 0 && seen_.empty()) return false;
    if (findsMore(edge_)) return giveUp(unpageable("orders are left out"));
    return false;
  }

  // Reads the list from its other end, up to this edge.
  // @return false when that shows no new order, or fails
  bool findsMore(const std::optional<Edge>& edge) {
    for (const nanoseconds overlap : {overlap_, kWide}) {
      OrderFilter query = query_;
      query.direction = opposite(filter_.direction);
      query.limit = kMaxPage;
      if (edge) bound(query, edge->time, overlap);
      const Result<Page> page = ask(query);
      if (!page) {
        list_.error = page.error();
        return false;
      }
      if (hasOther(page->orders)) return true;
      if (!edge || isAmong(page->orders, edge->order)) return false;
    }
    return false;
  }

  // Outside the list of open orders, no order leaves its list. So a wide page that lacks the edge's order may leave out
  // others as well.
  [[nodiscard]] bool lostItsEdge(const Page& page) const {
    return edge_ && edge_->overlap == kWide && filter_.status != OrderFilter::Status::Open &&
           (!isFull(page) || page.orders.empty() || isBeyondEdge(page.orders.back())) &&
           !isAmong(page.orders, edge_->order);
  }

  // Ignores orders newer than the first look at the end of the list: new ones could arrive for ever.
  bool hasOther(const std::vector<Order>& orders) {
    if (isOldestFirst() && !horizon_) horizon_ = latest(orders);
    return std::any_of(orders.begin(), orders.end(), [&](const Order& order) {
      const auto time = timeOf(order);
      return seen_.count(order.id) == 0 && (!time || !horizon_ || *time <= *horizon_);
    });
  }

  [[nodiscard]] bool isFull(const Page& page) const { return page.size() >= std::min(*query_.limit, cap_); }

  // A page that passes the edge without showing its order may leave out others as well. But that order may have left
  // the list in the meantime: if a wide page lacks it, too, reading goes on.
  [[nodiscard]] bool skipsEdge(const Page& page) const {
    if (!edge_ || edge_->overlap == kWide) return false;
    if (isFull(page) && !page.orders.empty() && !isBeyondEdge(page.orders.back())) return false;
    return !isAmong(page.orders, edge_->order);
  }

  [[nodiscard]] bool isBeyondEdge(const Order& order) const {
    const auto time = timeOf(order);
    if (!time) return true;
    return isOldestFirst() ? *time > edge_->time : *time < edge_->time;
  }

  [[nodiscard]] bool isOldestFirst() const { return filter_.direction == Direction::OldestFirst; }

  // @return false when the page held no new order
  bool take(const std::vector<Order>& orders) {
    const std::size_t before = seen_.size();
    for (const Order& order : orders) {
      if (isLongEnough()) break;
      // guard: no order is listed twice across two pages
      if (!seen_.insert(order.id).second) {
        if (!order.status.isFinal()) keepAlive(order);
      } else if (passes(order)) {
        list_.orders.push_back(order);
      }
    }
    return seen_.size() > before;
  }

  // When an order is listed twice, keeps the copy that is alive.
  void keepAlive(const Order& order) {
    for (Order& known : list_.orders) {
      if (known.id == order.id && known.status.isFinal()) known = order;
    }
  }

  bool passes(const Order& order) {
    // guard: a filter by status is applied to the answer, too
    if (!model::isInPart(order.status, inquiry_.passed)) return false;
    if (model::isUndecided(order, filter_)) {
      list_.error = faulty("an order does not say the side or symbol that is asked for");
    } else if (!model::matches(order, filter_)) {
      return false;
    }
    if (!filter_.after && !filter_.until) return true;
    const auto time = timeOf(order);
    if (!time) {
      list_.error = faulty("an order has no time of submission that can be read");
      return true;
    }
    return (!filter_.after || *time > *filter_.after) && (!filter_.until || *time < *filter_.until);
  }

  [[nodiscard]] bool isLongEnough() const { return filter_.limit && list_.orders.size() >= *filter_.limit; }

  void moveTo(const Order& last) {
    edge_ = Edge{last.id, *timeOf(last), overlap_};
    query_.limit = kMaxPage;
    reachBack(overlap_);
  }

  // Shrinks the overlap: when many orders within it fill the page, a smaller one leaves room for new orders.
  bool lookCloser() {
    if (!edge_ || edge_->overlap == kWide || edge_->overlap == 1ns) return false;
    reachBack(edge_->overlap / 1000);
    return true;
  }

  void reachBack(nanoseconds overlap) {
    edge_->overlap = overlap;
    bound(query_, edge_->time, overlap);
  }

  // Leaves out the orders before this moment, in the list's own direction, minus the overlap.
  void bound(OrderFilter& query, Nanotime time, nanoseconds overlap) const {
    if (isOldestFirst()) {
      query.after = std::max(time - overlap, filter_.after.value_or(Nanotime::min()));
    } else {
      query.until = std::min(time + overlap, filter_.until.value_or(Nanotime::max()));
    }
  }

  bool giveUp(Error error) {
    list_.error = std::move(error);
    return false;
  }

  [[nodiscard]] Error unpageable(const std::string& why) const {
    return faulty("the broker gives at most 500 orders at once and goes on from the moment of submission, and " + why +
                  (edge_ ? " (" + model::formatTimestamp(edge_->time) + ")" : ""));
  }

  [[nodiscard]] Error faulty(const std::string& why) const {
    Error error;
    error.kind = ErrorKind::UnexpectedResponse;
    error.message = "The list of orders cannot be read in full: " + why + ". ";
    error.message.append(inquiry_.advice(error));
    error.call = list_.call;
    return error;
  }

  const Inquiry& inquiry_;
  const OrderFilter& filter_;
  OrderFilter query_;
  nanoseconds overlap_ = kUsual;
  std::optional<Edge> edge_;
  std::optional<Nanotime> horizon_;  // the latest moment that the first look at the end showed
  std::size_t cap_ = kMaxPage;       // the broker's own page size, once a shorter page was not the last
  std::unordered_set<OrderId> seen_;
  OrderList list_;
};

}  // namespace

OrderList readPages(const Inquiry& inquiry, std::optional<std::vector<std::string>> symbols) {
  return Pages(inquiry, std::move(symbols)).read();
}

}  // namespace alpaca::broker::workflows
