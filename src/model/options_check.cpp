#include "model/options_check.hpp"

#include "model/bounds_check.hpp"
#include "model/invalid_argument.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace alpaca::broker::model {
namespace {

constexpr int kMostRounds = 1000;

Fault faultInCredential(std::string_view field, std::string_view value) {
  constexpr std::string_view kAccepted = "text without control characters";
  if (value.empty()) return invalidArgument(field, "is empty", kAccepted);
  if (hasControlCharacter(value)) return invalidArgument(field, "holds a control character", kAccepted);
  return std::nullopt;
}

}  // namespace

Fault faultIn(const Credentials& credentials) {
  if (auto fault = faultInCredential("Credentials::key", credentials.key())) return fault;
  if (credentials.key().find(':') != std::string::npos) {
    return invalidArgument("Credentials::key", "holds a colon, which Basic authentication cannot carry",
                           "text without ':' and control characters");
  }
  return faultInCredential("Credentials::secret", credentials.secret());
}

Fault faultIn(const CallOptions& options) {
  if (options.deadline) {
    if (auto fault = faultInTime("CallOptions::deadline", *options.deadline)) return fault;
  }
  return options.maxAttempts ? faultInCount("CallOptions::maxAttempts", *options.maxAttempts, 1, kMostAttempts)
                             : std::nullopt;
}

Fault faultIn(const BatchOptions& options) {
  if (auto fault = faultInTime("BatchOptions::deadline", options.deadline)) return fault;
  if (options.concurrency) {
    if (auto fault = faultInCount("BatchOptions::concurrency", *options.concurrency, 1, kMostConnections)) return fault;
  }
  return options.maxAttempts ? faultInCount("BatchOptions::maxAttempts", *options.maxAttempts, 1, kMostAttempts)
                             : std::nullopt;
}

Fault faultIn(const ConfirmOptions& options) {
  if (options.deadline) {
    if (auto fault = faultInTime("ConfirmOptions::deadline", *options.deadline)) return fault;
  }
  if (auto fault = faultInCount("ConfirmOptions::maxCancels", options.maxCancels, 1, kMostAttempts)) return fault;
  if (auto fault = faultInTime("ConfirmOptions::pollBase", options.pollBase)) return fault;
  return faultInTime("ConfirmOptions::pollCap", options.pollCap);
}

Fault faultIn(const KillSwitchOptions& options) {
  if (auto fault = faultInTime("KillSwitchOptions::deadline", options.deadline)) return fault;
  if (auto fault = faultInCount("KillSwitchOptions::maxRounds", options.maxRounds, 1, kMostRounds)) return fault;
  // Of a filter that came out empty by mistake, nobody wants "everything" to be the meaning.
  if (options.symbols && options.symbols->empty()) {
    return invalidArgument("KillSwitchOptions::symbols", "is an empty list", "at least one symbol, or none set");
  }
  if (options.clientOrderIdPrefix && options.clientOrderIdPrefix->empty()) {
    return invalidArgument("KillSwitchOptions::clientOrderIdPrefix", "is empty", "at least one character, or none set");
  }
  constexpr std::chrono::hours kLongestLookBack{24 * 3653};
  if (const auto& back = options.closedLookBack; back && (back->count() < 1 || *back > kLongestLookBack)) {
    return invalidArgument("KillSwitchOptions::closedLookBack", "is " + std::to_string(back->count()) + " h",
                           "1 h to 10 years, or none set");
  }
  return std::nullopt;
}

}  // namespace alpaca::broker::model
