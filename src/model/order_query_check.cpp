#include "model/order_query_check.hpp"

#include "base/ascii.hpp"
#include "model/invalid_argument.hpp"

#include <algorithm>
#include <string>

namespace alpaca::broker::model {
namespace {

constexpr std::size_t kMaxSymbol = 32;

bool isSymbol(std::string_view text) noexcept {
  constexpr std::string_view kOthers = "./_-";
  return !text.empty() && text.size() <= kMaxSymbol && std::all_of(text.begin(), text.end(), [&](char c) {
    return base::isAlphanumeric(c) || kOthers.find(c) != std::string_view::npos;
  });
}

std::optional<Error> validateSymbols(const std::vector<std::string>& symbols) {
  constexpr std::string_view kField = "OrderFilter::symbols";
  // An empty list is probably a mistake, and must not mean "everything".
  // guard: an empty list of symbols is refused
  if (symbols.empty()) return invalidArgument(kField, "is an empty list", "at least one symbol, or none set");
  const auto unusable = std::find_if_not(symbols.begin(), symbols.end(), isSymbol);
  if (unusable == symbols.end()) return std::nullopt;
  return invalidArgument(
      kField, "has an entry that is no symbol at index " + std::to_string(std::distance(symbols.begin(), unusable)),
      "1 to 32 characters out of A-Z a-z 0-9 . / _ -");
}

}  // namespace

std::optional<Error> validate(const OrderFilter& filter) {
  if (filter.symbols) {
    if (auto fault = validateSymbols(*filter.symbols)) return fault;
  }
  if (filter.side && *filter.side != OrderSide::Buy && *filter.side != OrderSide::Sell) {
    return invalidArgument("OrderFilter::side", "is neither Buy nor Sell", "OrderSide::Buy, OrderSide::Sell, or none set");
  }
  if (filter.after && filter.until && *filter.after >= *filter.until) {
    return invalidArgument("OrderFilter::after", "is not before OrderFilter::until", "an earlier moment");
  }
  if (filter.limit && *filter.limit < 1) return invalidArgument("OrderFilter::limit", "is 0", "1 or more, or none");
  return std::nullopt;
}

}  // namespace alpaca::broker::model
