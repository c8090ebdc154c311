#include "core/options_check.hpp"

#include "core/invalid_argument.hpp"
#include "http/ascii.hpp"
#include "http/ca_file.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace alpaca::broker::core {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLongestTime = std::chrono::hours(24);
constexpr int kMostAttempts = 100;
constexpr int kMostConnections = 1000;
constexpr int kMostRounds = 1000;
constexpr int kLargestBudget = 1'000'000;
constexpr int kLongestQueue = 1'000'000;

using Fault = std::optional<Error>;

bool hasControlCharacter(std::string_view text) noexcept {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool isPrintableText(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), http::isPrintable);
}

Fault faultInTime(std::string_view field, milliseconds time) {
  if (time >= milliseconds(1) && time <= kLongestTime) return std::nullopt;
  return invalidArgument(field, "is " + std::to_string(time.count()) + " ms", "1 ms to 24 h");
}

Fault faultInCount(std::string_view field, int count, int least, int most) {
  if (count >= least && count <= most) return std::nullopt;
  return invalidArgument(field, "is " + std::to_string(count), std::to_string(least) + " to " + std::to_string(most));
}

Fault faultInRetry(const RetryOptions& retry) {
  if (auto fault = faultInCount("ClientOptions::retry.maxAttempts", retry.maxAttempts, 1, kMostAttempts)) return fault;
  if (auto fault = faultInTime("ClientOptions::retry.backoffBase", retry.backoffBase)) return fault;
  if (auto fault = faultInTime("ClientOptions::retry.backoffCap", retry.backoffCap)) return fault;
  return faultInCount("ClientOptions::retry.budget", retry.budget, 0, kLargestBudget);
}

Fault faultInKeepWarm(const KeepWarmOptions& keepWarm, int maxConnections) {
  constexpr milliseconds kShortest = std::chrono::seconds(1);
  constexpr milliseconds kLongest = std::chrono::seconds(110);  // beyond 118 s libcurl opens a new connection anyway
  constexpr std::string_view kField = "ClientOptions::keepWarm.interval";
  if (auto fault = faultInCount("ClientOptions::keepWarm.connections", keepWarm.connections, 0, maxConnections))
    return fault;
  if (keepWarm.interval >= kShortest && keepWarm.interval <= kLongest) return std::nullopt;
  return invalidArgument(kField, "is " + std::to_string(keepWarm.interval.count()) + " ms", "1 s to 110 s");
}

Fault faultInRotation(const RotationOptions& rotation) {
  constexpr std::string_view kField = "ClientOptions::rotation.interval";
  if (rotation.interval == milliseconds(0)) return std::nullopt;
  if (!rotation.provider) return invalidArgument(kField, "is set without a provider", "0, or a provider to ask");
  if (rotation.interval >= std::chrono::seconds(1) && rotation.interval <= kLongestTime) return std::nullopt;
  return invalidArgument(kField, "is " + std::to_string(rotation.interval.count()) + " ms", "0, or 1 s to 24 h");
}

Fault faultInCredential(std::string_view field, std::string_view value) {
  constexpr std::string_view kAccepted = "text without control characters";
  if (value.empty()) return invalidArgument(field, "is empty", kAccepted);
  if (hasControlCharacter(value)) return invalidArgument(field, "holds a control character", kAccepted);
  return std::nullopt;
}

Fault faultInCaFile(const std::string& path) {
  constexpr std::string_view kField = "ClientOptions::tls.caFile";
  constexpr std::string_view kAccepted =
      "a regular PEM file of at most 2 MiB with at least one certificate, or empty for the system's";
  if (path.empty()) return std::nullopt;
  if (path.find('\0') != std::string::npos) return invalidArgument(kField, "holds a NUL character", kAccepted);
  const http::CaFile file = http::readCaFile(path);
  if (!file.fault.empty()) return invalidArgument(kField, file.fault, kAccepted);
  const bool hasCertificate = file.text.find("-----BEGIN CERTIFICATE-----") != std::string::npos ||
                              file.text.find("-----BEGIN TRUSTED CERTIFICATE-----") != std::string::npos;
  if (!hasCertificate) return invalidArgument(kField, "holds no PEM certificate", kAccepted);
  return std::nullopt;
}

bool isHeaderName(std::string_view name) noexcept {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
    return http::isAlphanumeric(c) || kOthers.find(c) != std::string_view::npos;
  });
}

// Headers that say who is calling, or where the message ends: a second opinion on those is an attack or a mistake.
bool isReserved(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 12> kReserved{
      "Accept", "Authorization", "Connection", "Content-Length",    "Expect",     "Host",
      "TE",     "Trailer",       "Upgrade",    "Transfer-Encoding", "User-Agent", "Proxy-Authorization"};
  return std::any_of(kReserved.begin(), kReserved.end(),
                     [&](std::string_view reserved) { return http::equalIgnoringCase(name, reserved); });
}

Fault faultInHeader(const Header& header) {
  constexpr std::string_view kField = "ClientOptions::extraHeaders";
  if (!isHeaderName(header.name)) {
    return invalidArgument(kField, "has a name that is not an HTTP token", "letters, digits and !#$%&'*+-.^_`|~");
  }
  if (isReserved(header.name)) {
    return invalidArgument(kField, "sets " + header.name + ", which the client sets itself", "any other header");
  }
  if (hasControlCharacter(header.value)) {
    return invalidArgument(kField, "has a control character in the value of " + header.name, "text on one line");
  }
  if (http::trimmed(header.value).empty()) {
    return invalidArgument(kField, "has an empty value for " + header.name, "text on one line");
  }
  return std::nullopt;
}

Fault faultInHeaders(const std::vector<Header>& headers) {
  for (const Header& header : headers) {
    if (auto fault = faultInHeader(header)) return fault;
  }
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

Fault faultIn(const ClientOptions& options) {
  if (auto fault = faultInTime("ClientOptions::deadline", options.deadline)) return fault;
  if (auto fault = faultInTime("ClientOptions::attemptTimeout", options.attemptTimeout)) return fault;
  if (auto fault = faultInTime("ClientOptions::connectTimeout", options.connectTimeout)) return fault;
  if (auto fault = faultInRetry(options.retry)) return fault;
  if (auto fault = faultInCount("ClientOptions::maxConnections", options.maxConnections, 1, kMostConnections))
    return fault;
  if (auto fault = faultInKeepWarm(options.keepWarm, options.maxConnections)) return fault;
  if (auto fault = faultInRotation(options.rotation)) return fault;
  if (auto fault = faultInCount("ClientOptions::asyncQueueCapacity", options.asyncQueueCapacity, 1, kLongestQueue))
    return fault;
  if (!isPrintableText(options.userAgent)) {
    return invalidArgument("ClientOptions::userAgent", "holds a character that is not printable ASCII",
                           "printable ASCII");
  }
  if (auto fault = faultInHeaders(options.extraHeaders)) return fault;
  return faultInCaFile(options.tls.caFile);
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

}  // namespace alpaca::broker::core
