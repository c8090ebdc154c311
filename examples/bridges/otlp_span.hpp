#pragma once

#include <alpaca/broker/version.hpp>

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace otlp {

using Clock = std::chrono::system_clock;

/// An attribute's value: a text, a list of texts, a number or a boolean.
struct Attribute {
  std::string key;
  std::variant<std::string, std::vector<std::string>, std::int64_t, bool> value;
};

enum class SpanKind { Internal = 1, Client = 3 };  // OTLP's own numbers

/// A span that has ended or is about to end.
struct Span {
  std::string traceId{};
  std::string spanId{};
  std::string parentSpanId{};  ///< empty: the first of its trace
  std::string name{};
  SpanKind kind = SpanKind::Internal;
  Clock::time_point start{};
  Clock::time_point end{};
  std::vector<Attribute> attributes{};
  bool failed = false;
};

/// Returns this many random bytes in hex; never all zero, which is no valid id.
inline std::string randomId(std::size_t bytes) {
  thread_local std::mt19937_64 generator{std::random_device{}()};
  std::uniform_int_distribution<std::size_t> digit(0, 15);
  std::string id(2 * bytes, '0');
  for (char& c : id) c = "0123456789abcdef"[digit(generator)];
  return id.find_first_not_of('0') == std::string::npos ? randomId(bytes) : id;
}

/// OTLP's JSON holds 64-bit numbers as texts, because a JSON number may keep only 53 bits.
inline std::string nanoseconds(Clock::time_point time) {
  return std::to_string(std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count());
}

inline nlohmann::json toJson(const std::string& value) { return {{"stringValue", value}}; }
inline nlohmann::json toJson(std::int64_t value) { return {{"intValue", std::to_string(value)}}; }
inline nlohmann::json toJson(bool value) { return {{"boolValue", value}}; }
inline nlohmann::json toJson(const std::vector<std::string>& values) {
  nlohmann::json list = nlohmann::json::array();
  for (const std::string& value : values) list.push_back(toJson(value));
  return {{"arrayValue", {{"values", std::move(list)}}}};
}

inline nlohmann::json toJson(const std::vector<Attribute>& attributes) {
  nlohmann::json list = nlohmann::json::array();
  for (const Attribute& attribute : attributes) {
    list.push_back({{"key", attribute.key},
                    {"value", std::visit([](const auto& value) { return toJson(value); }, attribute.value)}});
  }
  return list;
}

inline nlohmann::json toJson(const Span& span) {
  nlohmann::json json{{"traceId", span.traceId},
                      {"spanId", span.spanId},
                      {"name", span.name},
                      {"kind", static_cast<int>(span.kind)},
                      {"startTimeUnixNano", nanoseconds(span.start)},
                      {"endTimeUnixNano", nanoseconds(span.end)},
                      {"attributes", toJson(span.attributes)},
                      {"status", nlohmann::json::object()}};
  if (!span.parentSpanId.empty()) json["parentSpanId"] = span.parentSpanId;
  if (span.failed) json["status"]["code"] = 2;
  return json;
}

/// Wraps a list of `spans` or `metrics` as OTLP requires: the reporting program, the instrumentation, the conventions.
inline nlohmann::json report(const std::string& serviceName, const std::string& what, nlohmann::json list) {
  const std::string plural = what == "spans" ? "Spans" : "Metrics";
  const std::vector<Attribute> service{{"service.name", serviceName}};
  const nlohmann::json scope{{"name", "alpaca-broker-cpp"}, {"version", std::string(alpaca::broker::kVersion)}};
  nlohmann::json scoped{{"scope", scope}, {"schemaUrl", "https://opentelemetry.io/schemas/1.37.0"}};
  scoped[what] = std::move(list);
  nlohmann::json resource;
  resource["resource"]["attributes"] = toJson(service);
  resource["scope" + plural] = nlohmann::json::array({std::move(scoped)});
  nlohmann::json all;
  all["resource" + plural] = nlohmann::json::array({std::move(resource)});
  return all;
}

}  // namespace otlp
