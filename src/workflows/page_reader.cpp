#include "workflows/page_reader.hpp"

#include "model/timestamp.hpp"
#include "workflows/order_collector.hpp"
#include "workflows/page_order.hpp"

#include <algorithm>
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

// The last order of a page: the next page must show it again.
struct Edge {
  OrderId order;
  Nanotime time;
  nanoseconds overlap;
};

class Pages {
 public:
  Pages(const ListRequest& request, std::optional<std::vector<std::string>> symbols)
      : request_(request), filter_(request.filter), query_(filter_), list_(request) {
    query_.symbols = std::move(symbols);
    // Only the first page may be small, and only when the broker applies the whole filter: later pages repeat known
    // orders.
    query_.limit = filter_.side ? kMaxPage : std::min(filter_.limit.value_or(kMaxPage), kMaxPage);
  }

  OrderList read() {
    while (readOne()) {
    }
    return list_.finish();
  }

 private:
  // @return false at the end of the list, or when reading on is impossible
  bool readOne() {
    const Result<Page> page = ask(query_);
    if (!page) return false;
    const std::vector<Order>& orders = page->orders;
    const bool isEdgeMissing = missesEdge(*page);
    // That order may have left the list in the meantime: if a wide page lacks it, too, reading goes on.
    // guard: no order is skipped between two pages
    if (isEdgeMissing && edge_->overlap != kWide) {
      if (edge_->overlap != kUsual) return giveUp("orders that were submitted at the same moment are missing");
      reachBack(kWide);
      return true;
    }
    const nanoseconds disorder = disorderOf(orders, filter_.direction);
    const bool progress = list_.take(orders);  // before the checks: these orders are useful even if reading fails
    // guard: a list that is not sorted is an error
    if (disorder > kWide) return giveUp("its pages are not sorted by that time");
    if (disorder > kUsual / 2) overlap_ = kWide;
    if (list_.isLongEnough()) return false;
    // Outside the list of open orders, no order leaves its list: the page may lack others as well.
    if (isEdgeMissing && filter_.status != OrderFilter::Status::Open) return giveUp("orders are missing");
    // guard: a page that is not full need not be the last one
    return isFull(*page) ? goOn(orders, progress) : isMoreBehind(*page, progress);
  }

  Result<Page> ask(const OrderFilter& query) {
    const auto operation = endpoints::list_orders::operation(request_.account, query, request_.advice);
    Result<Page> page = request_.pipeline.call(operation, request_.limits, request_.start);
    list_.note(page);
    if (!page) list_.fail(page.error());
    return page;
  }

  bool goOn(const std::vector<Order>& orders, bool progress) {
    if (orders.empty() || !timeOf(orders.back())) return giveUp("the last order of a page has no such time");
    if (progress) {
      moveTo(orders.back());
    } else if (!lookCloser()) {
      return giveUp("500 or more orders were submitted at or near one moment");
    }
    return true;
  }

  // Checks whether more orders follow a page that is not full.
  // @return true when there are more and reading can go on
  bool isMoreBehind(const Page& page, bool progress) {
    const Order* const last = lastWithTime(page.orders);
    if (page.size() == 0 && !list_.hasSeenAny()) return false;
    if (!findsMore(last != nullptr ? Edge{last->id, *timeOf(*last), overlap_} : edge_)) return false;
    // Without an order that has a moment, there is none to continue from.
    if (last == nullptr || !progress) return giveUp("orders are missing");
    cap_ = page.size();
    moveTo(*last);
    return true;
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
      if (!page) return false;
      if (list_.hasOther(page->orders)) return true;
      if (!edge || isAmong(page->orders, edge->order)) return false;
    }
    return false;
  }

  [[nodiscard]] bool isFull(const Page& page) const { return page.size() >= std::min(*query_.limit, cap_); }

  // True when the page passes the edge without showing its order: it may leave out others as well.
  [[nodiscard]] bool missesEdge(const Page& page) const {
    if (!edge_ || isAmong(page.orders, edge_->order)) return false;
    return !isFull(page) || page.orders.empty() || isBeyondEdge(page.orders.back());
  }

  [[nodiscard]] bool isBeyondEdge(const Order& order) const {
    const auto time = timeOf(order);
    if (!time) return true;
    return isOldestFirst() ? *time > edge_->time : *time < edge_->time;
  }

  [[nodiscard]] bool isOldestFirst() const { return filter_.direction == OrderFilter::Direction::OldestFirst; }

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
      query.submittedAfter = std::max(time - overlap, filter_.submittedAfter.value_or(Nanotime::min()));
    } else {
      query.submittedBefore = std::min(time + overlap, filter_.submittedBefore.value_or(Nanotime::max()));
    }
  }

  bool giveUp(const std::string& why) {
    list_.fail("the broker returns at most 500 orders at once and continues by time of submission, and " + why +
               (edge_ ? " (" + model::formatTimestamp(edge_->time) + ")" : ""));
    return false;
  }

  const ListRequest& request_;
  const OrderFilter& filter_;
  OrderFilter query_;
  nanoseconds overlap_ = kUsual;
  std::optional<Edge> edge_;
  std::size_t cap_ = kMaxPage;  // the broker's own page size, once a shorter page was not the last
  OrderCollector list_;
};

}  // namespace

OrderList readPages(const ListRequest& request, std::optional<std::vector<std::string>> symbols) {
  return Pages(request, std::move(symbols)).read();
}

}  // namespace alpaca::broker::workflows
