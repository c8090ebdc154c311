#include "model/options_check.hpp"

#include "base/ascii.hpp"
#include "base/quotable.hpp"
#include "model/invalid_argument.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace alpaca::broker::model {
namespace {

constexpr int kMaxRounds = 1000;

Fault validateCredential(std::string_view field, std::string_view value) {
  constexpr std::string_view kAccepted = "text without control characters, and without a space at its ends";
  if (value.empty()) return invalidArgument(field, "is empty", kAccepted);
  if (hasControlCharacter(value)) return invalidArgument(field, "holds a control character", kAccepted);
  // A copied space would only show as a 401.
  if (base::trimmed(value) != value) return invalidArgument(field, "begins or ends with a space", kAccepted);
  return std::nullopt;
}

constexpr std::size_t kMaxSymbol = 32;

bool isSymbol(std::string_view text) noexcept {
  constexpr std::string_view kOthers = "./_-";
  return !text.empty() && text.size() <= kMaxSymbol && std::all_of(text.begin(), text.end(), [&](char c) {
    return base::isAlphanumeric(c) || kOthers.find(c) != std::string_view::npos;
  });
}

std::string entryAt(const std::vector<std::string>& symbols, std::vector<std::string>::const_iterator at) {
  return '"' + base::quotable(*at) + "\" at index " + std::to_string(at - symbols.begin());
}

Fault validateSymbols(std::string_view field, const std::optional<std::vector<std::string>>& symbols) {
  if (!symbols) return std::nullopt;
  // An empty filter is probably a mistake, and must not mean "everything".
  // guard: an empty list of symbols is refused
  if (symbols->empty()) return invalidArgument(field, "is an empty list", "at least one symbol, or none set");
  const auto unusable = std::find_if_not(symbols->begin(), symbols->end(), isSymbol);
  if (unusable == symbols->end()) return std::nullopt;
  return invalidArgument(field, "has an entry that is not a symbol: " + entryAt(*symbols, unusable),
                         "1 to 32 characters out of A-Z a-z 0-9 . / _ -");
}

// Symbols are sent as they are written, and a broker may list nothing for another case: that would look like no orders.
Fault validateCase(std::string_view field, const std::optional<std::vector<std::string>>& symbols) {
  if (!symbols) return std::nullopt;
  const auto lower = std::find_if(symbols->begin(), symbols->end(), [](const std::string& symbol) {
    return std::any_of(symbol.begin(), symbol.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  });
  // guard: a symbol that lists nothing is refused
  if (lower == symbols->end()) return std::nullopt;
  return invalidArgument(field, "has an entry in lower case: " + entryAt(*symbols, lower),
                         "the broker's spelling, in upper case");
}

// Any other side would select no order, and an account with open orders would count as empty.
Fault validateSide(std::string_view field, const std::optional<OrderSide>& side) {
  // guard: a side that selects nothing is refused
  if (!side || *side == OrderSide::Buy || *side == OrderSide::Sell) return std::nullopt;
  return invalidArgument(field, "is \"" + base::quotable(side->str()) + "\", neither Buy nor Sell",
                         "OrderSide::Buy, OrderSide::Sell, or none set");
}

// A time far away comes from an overflow: "older than 4,000 years" would then select the orders of today.
bool isUsable(const std::optional<UtcTime>& time) noexcept {
  constexpr std::chrono::hours kLast{24 * 365 * 291};  // into 2260; nanoseconds end in 2262
  // guard: a time that comes from an overflow is refused
  return !time || (time->time_since_epoch().count() >= 0 && time->time_since_epoch() <= kLast);
}

// Between such times no order is submitted, and an account with open orders would count as empty.
template <class Filter>
Fault validateTimes(std::string_view field, const Filter& filter) {
  if (!isUsable(filter.submittedAfter) || !isUsable(filter.submittedBefore)) {
    return invalidArgument(field, "or submittedBefore is before 1970 or after 2260", "a time within, or none set");
  }
  // guard: times that select nothing are refused
  if (!filter.submittedAfter || filter.submittedBefore.value_or(UtcTime::max()) > *filter.submittedAfter) {
    return std::nullopt;
  }
  return invalidArgument(field, "is not before submittedBefore", "a time before submittedBefore, or none set");
}

// A number that is no enumerator would select other orders than its caller meant.
template <class Enum>
Fault validateEnumerator(std::string_view field, Enum value, Enum last, std::string_view accepted) {
  const auto number = static_cast<int>(value);
  // guard: an unknown enumerator is refused
  if (number >= 0 && number <= static_cast<int>(last)) return std::nullopt;
  return invalidArgument(field, "is " + std::to_string(number), accepted);
}

Fault check(const BatchOptions& options) {
  if (auto fault = validate(options.call)) return fault;
  return validateCount("BatchOptions::concurrency", options.concurrency, 1, kMaxConnections);
}

Fault check(const ConfirmOptions& options) {
  if (auto fault = validate(options.call)) return fault;
  if (auto fault = validateCount("ConfirmOptions::maxCancels", options.maxCancels, 1, kMaxAttempts)) return fault;
  if (auto fault = validateTime("ConfirmOptions::pollBase", options.pollBase)) return fault;
  return validateTime("ConfirmOptions::pollCap", options.pollCap);
}

Fault check(const BatchConfirmOptions& options) {
  if (auto fault = check(options.confirm)) return fault;
  return validateCount("BatchConfirmOptions::concurrency", options.concurrency, 1, kMaxConnections);
}

Fault check(const KillSwitchOptions& options) {
  if (auto fault = validate(options.call)) return fault;
  if (auto fault = validateCount("KillSwitchOptions::maxRounds", options.maxRounds, 1, kMaxRounds)) return fault;
  if (auto fault = validateSide("KillSwitchOptions::side", options.side)) return fault;
  if (auto fault = validateSymbols("KillSwitchOptions::symbols", options.symbols)) return fault;
  // guard: a filter that is empty by mistake is refused
  if (options.clientOrderIdPrefix && options.clientOrderIdPrefix->empty()) {
    return invalidArgument("KillSwitchOptions::clientOrderIdPrefix", "is empty", "at least one character, or none set");
  }
  // guard: a prefix that no order can have is refused
  if (options.clientOrderIdPrefix && !ClientOrderId::parse(*options.clientOrderIdPrefix)) {
    return invalidArgument("KillSwitchOptions::clientOrderIdPrefix", "cannot begin a client order id",
                           "1 to 128 printable ASCII characters, or none set");
  }
  if (auto fault = validateTimes("KillSwitchOptions::submittedAfter", options)) return fault;
  constexpr std::chrono::hours kMaxLookBack{24 * 3653};
  if (const auto& back = options.closedLookBack; back && (back->count() < 1 || *back > kMaxLookBack)) {
    return invalidArgument("KillSwitchOptions::closedLookBack", "is " + std::to_string(back->count()) + " h",
                           "1 h to 10 years, or none set");
  }
  return std::nullopt;
}

}  // namespace

Fault validate(const Credentials& credentials) {
  if (auto fault = validateCredential("Credentials::key", credentials.key())) return fault;
  if (credentials.key().find(':') != std::string::npos) {
    return invalidArgument("Credentials::key", "holds a colon, which Basic authentication cannot carry",
                           "text without ':' and control characters");
  }
  return validateCredential("Credentials::secret", credentials.secret());
}

Fault validate(const CallOptions& options) {
  if (auto fault = validateTime("CallOptions::deadline", options.deadline)) return fault;
  if (auto fault = validateTime("CallOptions::attemptTimeout", options.attemptTimeout)) return fault;
  return validateCount("CallOptions::maxAttempts", options.maxAttempts, 1, kMaxAttempts);
}

Fault validate(const BatchOptions& options) { return withNothingSent(check(options)); }
Fault validate(const ConfirmOptions& options) { return withNothingSent(check(options)); }
Fault validate(const BatchConfirmOptions& options) { return withNothingSent(check(options)); }
Fault validate(const KillSwitchOptions& options) { return withNothingSent(check(options)); }

Fault validate(const OrderFilter& filter) {
  if (auto fault = validateEnumerator("OrderFilter::status", filter.status, OrderFilter::Status::All,
                                      "OrderFilter::Status::Open, Closed or All"))
    return fault;
  if (auto fault = validateEnumerator("OrderFilter::direction", filter.direction, OrderFilter::Direction::OldestFirst,
                                      "OrderFilter::Direction::NewestFirst or OldestFirst"))
    return fault;
  if (auto fault = validateSymbols("OrderFilter::symbols", filter.symbols)) return fault;
  if (auto fault = validateCase("OrderFilter::symbols", filter.symbols)) return fault;
  if (auto fault = validateSide("OrderFilter::side", filter.side)) return fault;
  if (auto fault = validateTimes("OrderFilter::submittedAfter", filter)) return fault;
  if (filter.limit && *filter.limit < 1) return invalidArgument("OrderFilter::limit", "is 0", "1 or more, or none set");
  return std::nullopt;
}

}  // namespace alpaca::broker::model
