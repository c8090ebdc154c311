#include "testing/order_list.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <tuple>
#include <utility>

namespace alpaca::broker::testing {
namespace {

constexpr std::size_t kDefaultLimit = 50;
constexpr std::size_t kHighestLimit = 500;

// Returns the value for the parameter's word; the first value when the parameter is missing.
template <class Value>
Value oneOf(const Query& query, const std::string& name,
            std::initializer_list<std::pair<std::string_view, Value>> words) {
  const auto given = query.value(name);
  if (!given) return words.begin()->second;
  std::string accepted;
  for (const auto& [word, value] : words) {
    if (word == *given) return value;
    accepted += (accepted.empty() ? "" : ", ") + std::string(word);
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

std::optional<WallTime> timeIn(const Query& query, const std::string& name) {
  const auto given = query.value(name);
  if (!given) return std::nullopt;
  const auto time = parseTime(*given);
  if (!time) throw BadRequest(name + " is invalid; accepted: a date, or a time as in RFC 3339");
  return time;
}

// Reads a truth value as clients in any language write it, including `True` and `1`.
bool truthIn(const Query& query, const std::string& name) {
  const auto given = query.value(name);
  if (!given) return false;
  for (const char* word : {"true", "t", "1"}) {
    if (base::equalIgnoringCase(*given, word)) return true;
  }
  for (const char* word : {"false", "f", "0"}) {
    if (base::equalIgnoringCase(*given, word)) return false;
  }
  throw BadRequest(name + " is invalid; accepted: true, false");
}

// Reads a list, separated by commas or as repeated parameters: clients use both.
std::vector<std::string> wordsIn(const Query& query, std::string_view name) {
  std::vector<std::string> words;
  for (const std::string& value : query.values(name)) {
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::string_view word = takeUpTo(',', rest);
      if (!word.empty()) words.emplace_back(word);
    }
  }
  return words;
}

std::vector<std::string> assetClassesIn(const Query& query) {
  constexpr std::array<std::string_view, 4> kKnown{"us_equity", "us_option", "crypto", "all"};
  std::vector<std::string> classes = wordsIn(query, "asset_class");
  for (const std::string& given : classes) {
    if (given == "all") return {};
    if (std::find(kKnown.begin(), kKnown.end(), given) == kKnown.end()) {
      throw BadRequest("asset_class is invalid; accepted: us_equity, us_option, crypto, all");
    }
  }
  return classes;
}

// Ignoring these filters would list orders that the client did not ask for.
void refuseWhatIsNotModeled(const Query& query) {
  for (const char* name : {"qty_above", "qty_below", "subtag"}) {
    if (query.value(name)) throw BadRequest(std::string(name) + " is not supported by the mock broker");
  }
}

bool isAmong(const std::vector<std::string>& words, const std::string& word) {
  return words.empty() || std::find(words.begin(), words.end(), word) != words.end();
}

// Follows the broker's own division: it lists an order in status `held` as closed, although it is alive.
// guard: the mock lists a held order as closed
bool isListedAsClosed(const OrderStatus& status) { return status.isFinal() || status.kind() == OrderStatus::Held; }

bool passesStatus(const Order& order, OrderFilter::Status status) {
  return status == OrderFilter::Status::All ||
         isListedAsClosed(order.status) == (status == OrderFilter::Status::Closed);
}

WallTime submitted(const Order& order) { return order.submittedAt ? order.submittedAt->time : WallTime{}; }

}  // namespace

ListQuery listQuery(std::string_view text) {
  const Query given(text);
  refuseWhatIsNotModeled(given);
  ListQuery query;
  query.status = oneOf<OrderFilter::Status>(given, "status",
                                            {{"open", OrderFilter::Status::Open},
                                             {"closed", OrderFilter::Status::Closed},
                                             {"all", OrderFilter::Status::All}});
  query.direction = oneOf<OrderFilter::Direction>(
      given, "direction",
      {{"desc", OrderFilter::Direction::NewestFirst}, {"asc", OrderFilter::Direction::OldestFirst}});
  query.nested = truthIn(given, "nested");
  query.symbols = wordsIn(given, "symbols");
  query.assetClasses = assetClassesIn(given);
  query.after = timeIn(given, "after");
  query.until = timeIn(given, "until");
  query.limit = limitIn(given);
  return query;
}

bool passes(const Order& order, const ListQuery& query) {
  if (!passesStatus(order, query.status)) return false;
  if (query.after && submitted(order) <= *query.after) return false;
  if (query.until && submitted(order) >= *query.until) return false;
  return isAmong(query.symbols, order.symbol) && isAmong(query.assetClasses, order.assetClass);
}

void arrange(std::vector<OrderEntry*>& rows, const ListQuery& query) {
  const auto comesFirst = [&](const OrderEntry* a, const OrderEntry* b) {
    if (query.direction == OrderFilter::Direction::NewestFirst) std::swap(a, b);
    return std::make_tuple(submitted(a->order), a->number) < std::make_tuple(submitted(b->order), b->number);
  };
  const std::size_t wanted = std::min(rows.size(), query.limit.value_or(rows.size()));
  const auto end = rows.begin() + static_cast<std::ptrdiff_t>(wanted);
  std::partial_sort(rows.begin(), end, rows.end(), comesFirst);
  rows.erase(end, rows.end());
}

}  // namespace alpaca::broker::testing
