#include "testing/order_list.hpp"

#include "testing/query.hpp"
#include "testing/times.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <tuple>

namespace alpaca::broker::testing {
namespace {

constexpr std::size_t kDefaultLimit = 50;
constexpr std::size_t kHighestLimit = 500;

template <class Value>
struct Word {
  std::string_view text;
  Value value;
};

// The value that goes with the parameter's word; the first one when it is not given.
template <class Value>
Value oneOf(const Query& query, const std::string& name, std::initializer_list<Word<Value>> words) {
  const auto given = query.value(name);
  if (!given) return words.begin()->value;
  std::string accepted;
  for (const Word<Value>& word : words) {
    if (word.text == *given) return word.value;
    accepted += (accepted.empty() ? "" : ", ") + std::string(word.text);
  }
  throw BadRequest(name + " is invalid; accepted: " + accepted);
}

std::size_t limitIn(const Query& query) {
  const auto given = query.value("limit");
  if (!given) return kDefaultLimit;
  std::size_t limit = 0;
  const char* const end = given->data() + given->size();
  const auto [stopped, fault] = std::from_chars(given->data(), end, limit);
  if (fault != std::errc{} || stopped != end || limit < 1 || limit > kHighestLimit) {
    throw BadRequest("limit is invalid; accepted: 1 to 500");
  }
  return limit;
}

std::optional<OrderFilter::Time> timeIn(const Query& query, const std::string& name) {
  const auto given = query.value(name);
  if (!given) return std::nullopt;
  const auto time = parseTime(*given);
  if (!time) throw BadRequest(name + " is invalid; accepted: a date, or a time as in RFC 3339");
  return time;
}

std::vector<std::string> symbolsIn(const Query& query) {
  std::vector<std::string> symbols;
  const std::string given = query.value("symbols").value_or("");
  for (std::string_view rest = given; !rest.empty();) {
    const std::string_view symbol = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(symbol.size() + 1, rest.size()));
    if (!symbol.empty()) symbols.emplace_back(symbol);
  }
  return symbols;
}

// The broker's division, not what an order can still do: it lists an order in status `held` as closed, though it lives.
bool isListedAsClosed(const OrderStatus& status) { return status.isFinal() || status.state() == OrderState::Held; }

bool passesStatus(const Order& order, OrderFilter::Status status) {
  return status == OrderFilter::Status::All ||
         isListedAsClosed(order.status) == (status == OrderFilter::Status::Closed);
}

WallTime submitted(const Order& order) { return order.submittedAt ? order.submittedAt->time : WallTime{}; }

}  // namespace

OrderFilter listFilter(std::string_view text) {
  const auto query = Query::parse(text);
  if (!query) throw BadRequest("the query is not percent-encoded");
  OrderFilter filter;
  filter.status = oneOf<OrderFilter::Status>(*query, "status",
                                             {{"open", OrderFilter::Status::Open},
                                              {"closed", OrderFilter::Status::Closed},
                                              {"all", OrderFilter::Status::All}});
  filter.direction = oneOf<OrderFilter::Direction>(
      *query, "direction",
      {{"desc", OrderFilter::Direction::NewestFirst}, {"asc", OrderFilter::Direction::OldestFirst}});
  filter.nested = oneOf<bool>(*query, "nested", {{"false", false}, {"true", true}});
  if (auto symbols = symbolsIn(*query); !symbols.empty()) filter.symbols = std::move(symbols);
  filter.after = timeIn(*query, "after");
  filter.until = timeIn(*query, "until");
  filter.limit = limitIn(*query);
  return filter;
}

bool passes(const Order& order, const OrderFilter& filter) {
  if (!passesStatus(order, filter.status)) return false;
  if (filter.after && submitted(order) <= *filter.after) return false;
  if (filter.until && submitted(order) >= *filter.until) return false;
  if (!filter.symbols) return true;
  return std::find(filter.symbols->begin(), filter.symbols->end(), order.symbol) != filter.symbols->end();
}

void arrange(std::vector<Listed>& rows, const OrderFilter& filter) {
  const auto older = [](const Listed& a, const Listed& b) {
    return std::make_tuple(submitted(*a.order), a.number) < std::make_tuple(submitted(*b.order), b.number);
  };
  const std::size_t wanted = std::min(rows.size(), filter.limit.value_or(rows.size()));
  const auto end = rows.begin() + static_cast<std::ptrdiff_t>(wanted);
  if (filter.direction == OrderFilter::Direction::OldestFirst) {
    std::partial_sort(rows.begin(), end, rows.end(), older);
  } else {
    std::partial_sort(rows.begin(), end, rows.end(), [&](const Listed& a, const Listed& b) { return older(b, a); });
  }
  rows.erase(end, rows.end());
}

}  // namespace alpaca::broker::testing
