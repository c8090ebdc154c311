#include "call/client_options_check.hpp"

#include "base/ascii.hpp"
#include "base/quotable.hpp"
#include "http/tls/ca_file.hpp"
#include "model/invalid_argument.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace alpaca::broker::call {
namespace {

using std::chrono::milliseconds;

constexpr int kMaxBudget = 1'000'000;
constexpr int kMaxQueue = 1'000'000;

model::Fault validateRetry(const RetryOptions& retry) {
  if (auto fault = model::validateCount("ClientOptions::retry.maxAttempts", retry.maxAttempts, 1, model::kMaxAttempts))
    return fault;
  if (auto fault = model::validateTime("ClientOptions::retry.backoffBase", retry.backoffBase)) return fault;
  if (auto fault = model::validateTime("ClientOptions::retry.backoffCap", retry.backoffCap)) return fault;
  return model::validateCount("ClientOptions::retry.budget", retry.budget, 0, kMaxBudget);
}

model::Fault validateKeepWarm(const KeepWarmOptions& keepWarm, int maxConnections) {
  constexpr milliseconds kShortest = std::chrono::seconds(1);
  constexpr milliseconds kMaxLength = std::chrono::seconds(110);  // after 118 s, libcurl reconnects anyway
  constexpr std::string_view kField = "ClientOptions::keepWarm.interval";
  if (keepWarm.connections < 0 || keepWarm.connections > maxConnections) {
    return model::invalidArgument("ClientOptions::keepWarm.connections", "is " + std::to_string(keepWarm.connections),
                                  "0 to " + std::to_string(maxConnections) + " (ClientOptions::maxConnections)");
  }
  if (keepWarm.interval >= kShortest && keepWarm.interval <= kMaxLength) return std::nullopt;
  return model::invalidArgument(kField, "is " + std::to_string(keepWarm.interval.count()) + " ms", "1 s to 110 s");
}

model::Fault validateRotation(const RotationOptions& rotation) {
  constexpr std::string_view kField = "ClientOptions::rotation.interval";
  if (rotation.interval == milliseconds(0)) return std::nullopt;
  if (!rotation.provider)
    return model::invalidArgument(kField, "is set, but ClientOptions::rotation.provider is not", "0, or both set");
  if (rotation.interval >= std::chrono::seconds(1) && rotation.interval <= model::kMaxTime) return std::nullopt;
  return model::invalidArgument(kField, "is " + std::to_string(rotation.interval.count()) + " ms", "0, or 1 s to 24 h");
}

model::Fault validateCaFile(const std::string& path) {
  constexpr std::string_view kField = "ClientOptions::tls.caFile";
  constexpr std::string_view kAccepted =
      "a regular PEM file of at most 2 MiB with at least one certificate, or empty for the system's";
  if (path.empty()) return std::nullopt;
  if (path.find('\0') != std::string::npos) return model::invalidArgument(kField, "holds a NUL character", kAccepted);
  const std::string field = std::string(kField) + " \"" + base::quotable(path) + '"';
  const http::CaFile file = http::readCaFile(path);
  if (!file.fault.empty()) return model::invalidArgument(field, file.fault, kAccepted);
  const bool hasCertificate = file.text.find("-----BEGIN CERTIFICATE-----") != std::string::npos ||
                              file.text.find("-----BEGIN TRUSTED CERTIFICATE-----") != std::string::npos;
  if (!hasCertificate) return model::invalidArgument(field, "holds no PEM certificate", kAccepted);
  return std::nullopt;
}

bool isHeaderName(std::string_view name) noexcept {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
    return base::isAlphanumeric(c) || kOthers.find(c) != std::string_view::npos;
  });
}

// Headers that identify the caller or delimit the message: a second value for one is an attack or a mistake.
bool isReserved(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 12> kReserved{
      "Accept", "Authorization", "Connection", "Content-Length",    "Expect",     "Host",
      "TE",     "Trailer",       "Upgrade",    "Transfer-Encoding", "User-Agent", "Proxy-Authorization"};
  return std::any_of(kReserved.begin(), kReserved.end(),
                     [&](std::string_view reserved) { return base::equalIgnoringCase(name, reserved); });
}

model::Fault validateHeader(const Header& header) {
  constexpr std::string_view kField = "ClientOptions::extraHeaders";
  if (!isHeaderName(header.name)) {
    return model::invalidArgument(kField,
                                  "has the name \"" + base::quotable(header.name) + "\", which is not an HTTP token",
                                  "letters, digits and !#$%&'*+-.^_`|~");
  }
  if (isReserved(header.name)) {
    return model::invalidArgument(kField, "sets " + header.name + ", which the client sets itself", "any other header");
  }
  if (model::hasControlCharacter(header.value)) {
    return model::invalidArgument(kField, "has a control character in the value of " + header.name, "text on one line");
  }
  if (base::trimmed(header.value).empty()) {
    return model::invalidArgument(kField, "has an empty value for " + header.name, "text on one line");
  }
  return std::nullopt;
}

}  // namespace

model::Fault validate(const ClientOptions& options) {
  if (auto fault = model::validateTime("ClientOptions::deadline", options.deadline)) return fault;
  if (auto fault = model::validateTime("ClientOptions::attemptTimeout", options.attemptTimeout)) return fault;
  if (auto fault = model::validateTime("ClientOptions::connectTimeout", options.connectTimeout)) return fault;
  if (auto fault = validateRetry(options.retry)) return fault;
  if (auto fault =
          model::validateCount("ClientOptions::maxConnections", options.maxConnections, 1, model::kMaxConnections))
    return fault;
  if (auto fault = validateKeepWarm(options.keepWarm, options.maxConnections)) return fault;
  if (auto fault = validateRotation(options.rotation)) return fault;
  if (auto fault = model::validateCount("ClientOptions::asyncQueueCapacity", options.asyncQueueCapacity, 1, kMaxQueue))
    return fault;
  if (!std::all_of(options.userAgent.begin(), options.userAgent.end(), base::isPrintable)) {
    return model::invalidArgument("ClientOptions::userAgent", "holds a character that is not printable ASCII",
                                  "printable ASCII");
  }
  for (const Header& header : options.extraHeaders) {
    if (auto fault = validateHeader(header)) return fault;
  }
  return validateCaFile(options.tls.caFile);
}

}  // namespace alpaca::broker::call
