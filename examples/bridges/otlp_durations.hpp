#pragma once

#include "otlp_file.hpp"

#include <alpaca/broker.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace otlp {

/// `http.client.request.duration`: how long attempts took, by status and error. It keeps counts only, so any thread can
/// read it and calls pay almost nothing. It contains no ids, because each value would become a series of its own.
class RequestDurations {
 public:
  void record(const alpaca::broker::AttemptEvent& event) {
    Series key{std::string(event.httpRequestMethod),     std::string(event.urlTemplate),
               std::string(event.serverAddress),         event.serverPort,
               event.httpResponseStatusCode.value_or(0), std::string(event.errorType)};
    const double seconds = std::chrono::duration<double>(event.duration).count();
    const auto* const bucket = std::lower_bound(kBounds.begin(), kBounds.end(), seconds);  // a bound is in its own
    const std::lock_guard lock(mutex_);
    Histogram& histogram = histograms_[std::move(key)];
    ++histogram.buckets.at(static_cast<std::size_t>(bucket - kBounds.begin()));
    histogram.sum += seconds;
  }

  /// Adds a line with all counts since construction.
  void write(const std::string& path, const std::string& serviceName) const {
    std::ofstream file(path, std::ios::app);
    file << line(report(serviceName, "metrics", nlohmann::json::array({metric()})));
    if (!file.flush()) throw std::runtime_error(path + " cannot be written");
  }

 private:
  // The bounds that the conventions advise, in seconds.
  static constexpr std::array kBounds{0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0};
  static constexpr int kCumulative = 2;

  struct Series {
    std::string method;
    std::string pathTemplate;
    std::string server;
    int port;
    int status;
    std::string error;

    friend bool operator<(const Series& a, const Series& b) {
      return std::tie(a.method, a.pathTemplate, a.server, a.port, a.status, a.error) <
             std::tie(b.method, b.pathTemplate, b.server, b.port, b.status, b.error);
    }
  };
  struct Histogram {
    std::array<std::uint64_t, kBounds.size() + 1> buckets{};
    double sum = 0;
  };

  [[nodiscard]] nlohmann::json metric() const {
    const std::lock_guard lock(mutex_);
    nlohmann::json points = nlohmann::json::array();
    for (const auto& [key, histogram] : histograms_) points.push_back(point(key, histogram));
    return {{"name", "http.client.request.duration"},
            {"unit", "s"},
            {"description", "Duration of HTTP client requests."},
            {"histogram", {{"aggregationTemporality", kCumulative}, {"dataPoints", std::move(points)}}}};
  }

  [[nodiscard]] nlohmann::json point(const Series& key, const Histogram& histogram) const {
    std::vector<Attribute> attributes{{"http.request.method", key.method},
                                      {"url.template", key.pathTemplate},
                                      {"server.address", key.server},
                                      {"server.port", std::int64_t{key.port}}};
    if (key.status != 0) attributes.push_back({"http.response.status_code", std::int64_t{key.status}});
    if (!key.error.empty()) attributes.push_back({"error.type", key.error});
    std::uint64_t count = 0;
    nlohmann::json buckets = nlohmann::json::array();
    for (const std::uint64_t bucket : histogram.buckets) {
      count += bucket;
      buckets.push_back(std::to_string(bucket));
    }
    return {{"startTimeUnixNano", nanoseconds(start_)}, {"timeUnixNano", nanoseconds(Clock::now())},
            {"count", std::to_string(count)},           {"sum", histogram.sum},
            {"bucketCounts", std::move(buckets)},       {"explicitBounds", kBounds},
            {"attributes", toJson(attributes)}};
  }

  const Clock::time_point start_ = Clock::now();
  mutable std::mutex mutex_;
  std::map<Series, Histogram> histograms_;
};

}  // namespace otlp
