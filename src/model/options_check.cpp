#include "model/options_check.hpp"

#include "model/bounds_check.hpp"
#include "model/invalid_argument.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace alpaca::broker::model {
namespace {

constexpr int kMaxRounds = 1000;

Fault validateCredential(std::string_view field, std::string_view value) {
  constexpr std::string_view kAccepted = "text without control characters";
  if (value.empty()) return invalidArgument(field, "is empty", kAccepted);
  if (hasControlCharacter(value)) return invalidArgument(field, "holds a control character", kAccepted);
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
  if (options.deadline) {
    if (auto fault = validateTime("CallOptions::deadline", *options.deadline)) return fault;
  }
  return options.maxAttempts ? validateCount("CallOptions::maxAttempts", *options.maxAttempts, 1, kMaxAttempts)
                             : std::nullopt;
}

Fault validate(const BatchOptions& options) {
  if (auto fault = validate(options.call)) return fault;
  return options.concurrency ? validateCount("BatchOptions::concurrency", *options.concurrency, 1, kMaxConnections)
                             : std::nullopt;
}

Fault validate(const ConfirmOptions& options) {
  if (auto fault = validate(options.call)) return fault;
  if (auto fault = validateCount("ConfirmOptions::maxCancels", options.maxCancels, 1, kMaxAttempts)) return fault;
  if (auto fault = validateTime("ConfirmOptions::pollBase", options.pollBase)) return fault;
  return validateTime("ConfirmOptions::pollCap", options.pollCap);
}

Fault validate(const KillSwitchOptions& options) {
  if (auto fault = validate(options.call)) return fault;
  if (auto fault = validateCount("KillSwitchOptions::maxRounds", options.maxRounds, 1, kMaxRounds)) return fault;
  // An empty filter is probably a mistake, and must not mean "everything".
  if (options.symbols && options.symbols->empty()) {
    return invalidArgument("KillSwitchOptions::symbols", "is an empty list", "at least one symbol, or none set");
  }
  // guard: a filter that is empty by mistake is refused
  if (options.clientOrderIdPrefix && options.clientOrderIdPrefix->empty()) {
    return invalidArgument("KillSwitchOptions::clientOrderIdPrefix", "is empty", "at least one character, or none set");
  }
  constexpr std::chrono::hours kMaxLookBack{24 * 3653};
  if (const auto& back = options.closedLookBack; back && (back->count() < 1 || *back > kMaxLookBack)) {
    return invalidArgument("KillSwitchOptions::closedLookBack", "is " + std::to_string(back->count()) + " h",
                           "1 h to 10 years, or none set");
  }
  return std::nullopt;
}

}  // namespace alpaca::broker::model
