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

// By how much a page reaches back into the one before.
constexpr nanoseconds kUsual = 1ms;
constexpr nanoseconds kWide = 1s;  // for a broker that compares more coarsely than any is thought to

using Direction = OrderFilter::Direction;

// Where a page ended.
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
    // Only the first page may be small, and only when the broker selects: a later one repeats known orders.
    query_.limit = filter_.side ? kMaxPage : std::min(filter_.limit.value_or(kMaxPage), kMaxPage);
  }

  OrderList read() {
    while (readOne()) {
    }
    return std::move(list_);
  }

 private:
  // @return false when the list is at its end, or cannot be read on.
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
    const bool progress = take(orders);  // first: what is known is of use even if the list cannot be read on
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
    const CallInfo& call = page ? page->call : page.error().call;
    add(list_.call, call);
    list_.call.elapsed = call.elapsed;
    if (page) note(*page);
    list_.pages += page ? 1 : 0;
    return page;
  }

  // What cannot be used is told in the end: what can be used is read on.
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

  // After a page that is not full. @return true when there are other orders behind it, and it is worth going on
  bool isMoreBehind(const Page& page, bool progress) {
    const Order* const last = lastWithTime(page.orders);
    if (last != nullptr) {
      if (!findsMore(Edge{last->id, *timeOf(*last), overlap_})) return false;
      if (!progress) return giveUp(unpageable("orders are left out"));
      cap_ = page.size();
      moveTo(*last);
      return true;
    }
    // No moment to go on from. So if there are others, that is all there is to say.
    if (page.size() == 0 && seen_.empty()) return false;
    if (findsMore(edge_)) return giveUp(unpageable("orders are left out"));
    return false;
  }

  // Asks from the other end of the list, up to this edge. @return false when that shows no other order, or fails
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

  // Only open orders leave their list: elsewhere, a wide page that lacks the edge's order leaves out others as well.
  [[nodiscard]] bool lostItsEdge(const Page& page) const {
    return edge_ && edge_->overlap == kWide && filter_.status != OrderFilter::Status::Open &&
           (!isFull(page) || page.orders.empty() || isBeyondEdge(page.orders.back())) &&
           !isAmong(page.orders, edge_->order);
  }

  // Orders that came after the first look at the end of the list are nothing to wait for: there may always be more.
  bool hasOther(const std::vector<Order>& orders) {
    if (isOldestFirst() && !horizon_) horizon_ = latest(orders);
    return std::any_of(orders.begin(), orders.end(), [&](const Order& order) {
      const auto time = timeOf(order);
      return seen_.count(order.id) == 0 && (!time || !horizon_ || *time <= *horizon_);
    });
  }

  [[nodiscard]] bool isFull(const Page& page) const { return page.size() >= std::min(*query_.limit, cap_); }

  // A page that goes beyond the edge without showing its order may leave out others as well. But that order may have
  // left the list in the meantime: a wide page that lacks it, too, is taken as it is.
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

  // @return false when there was nothing new.
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

  // Of an order that is listed twice, the copy that is alive counts.
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

  // Many orders within the overlap can fill the page: a smaller one leaves room for others.
  bool lookCloser() {
    if (!edge_ || edge_->overlap == kWide || edge_->overlap == 1ns) return false;
    reachBack(edge_->overlap / 1000);
    return true;
  }

  void reachBack(nanoseconds overlap) {
    edge_->overlap = overlap;
    bound(query_, edge_->time, overlap);
  }

  // Nothing of the list before this moment, in its own direction.
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
  std::optional<Nanotime> horizon_;  // the latest moment at the first look at the end
  std::size_t cap_ = kMaxPage;       // the broker's own, once a shorter page turned out not to be the last
  std::unordered_set<OrderId> seen_;
  OrderList list_;
};

}  // namespace

OrderList readPages(const Inquiry& inquiry, std::optional<std::vector<std::string>> symbols) {
  return Pages(inquiry, std::move(symbols)).read();
}

}  // namespace alpaca::broker::workflows
