#pragma once

#include <alpaca/broker.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <locale>
#include <map>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

/// Counts attempts, their durations, and how calls ended, in Prometheus's text format. Use it as an observer of both:
/// it keeps counts only, so calls pay almost nothing. It contains no ids, because each value would become a series of
/// its own. Thread-safe.
class PrometheusMetrics {
 public:
  void record(const alpaca::broker::AttemptEvent& event) {
    const double seconds = std::chrono::duration<double>(event.duration).count();
    const auto* const bucket = std::lower_bound(kBounds.begin(), kBounds.end(), seconds);  // a bound is in its own
    Labels labels{std::string(event.httpRequestMethod), std::string(event.urlTemplate), resultOf(event)};
    const std::lock_guard lock(mutex_);
    Series& series = series_[std::move(labels)];
    ++series.buckets.at(static_cast<std::size_t>(bucket - kBounds.begin()));
    series.seconds += seconds;
    if (event.willRetry) ++series.retries;
  }

  void record(const alpaca::broker::CallEvent& event) {
    const std::lock_guard lock(mutex_);
    Ends& ends = ends_[std::string(event.operation)];
    ++ends.all;
    if (event.error != nullptr) ++ends.errors;
    if (event.maybeApplied) ++ends.doubts;
  }

  /// All counts since construction, as a scrape or the textfile collector reads them.
  [[nodiscard]] std::string text() const {
    const std::lock_guard lock(mutex_);
    std::ostringstream out;
    out.imbue(std::locale::classic());  // a number is 0.5 in every country
    out << "# HELP alpaca_broker_attempt_duration_seconds How long attempts took.\n"
           "# TYPE alpaca_broker_attempt_duration_seconds histogram\n";
    for (const auto& [labels, series] : series_) writeHistogram(out, labels, series);
    out << "# HELP alpaca_broker_retries_total Attempts that were followed by another one.\n"
           "# TYPE alpaca_broker_retries_total counter\n";
    for (const auto& [labels, series] : series_) {
      out << "alpaca_broker_retries_total{" << textOf(labels) << "} " << series.retries << '\n';
    }
    writeEnds(out, "calls_total", "Outcomes of calls: entries of batches and accounts of kill switches count, too.",
              &Ends::all);
    writeEnds(out, "calls_failed_total", "Outcomes with an error.", &Ends::errors);
    writeEnds(out, "calls_in_doubt_total", "Outcomes that may have been applied without confirmation.", &Ends::doubts);
    return out.str();
  }

  /// Replaces the file at once, so that the collector never reads half of it. The path must end in `.prom`.
  void writeTo(const std::string& path) const {
    const std::string draft = path + ".draft";  // the collector reads no such file
    std::ofstream file(draft);
    file << text();
    file.close();
    if (!file || std::rename(draft.c_str(), path.c_str()) != 0) throw std::runtime_error(path + " cannot be written");
  }

 private:
  // The bounds that OpenTelemetry's conventions advise, in seconds.
  static constexpr std::array kBounds{0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0};

  struct Labels {
    std::string method;
    std::string path;
    std::string result;

    friend bool operator<(const Labels& a, const Labels& b) {
      return std::tie(a.method, a.path, a.result) < std::tie(b.method, b.path, b.result);
    }
  };
  struct Series {
    std::array<std::uint64_t, kBounds.size() + 1> buckets{};
    double seconds = 0;
    std::uint64_t retries = 0;
  };
  struct Ends {
    std::uint64_t all = 0;
    std::uint64_t errors = 0;
    std::uint64_t doubts = 0;
  };

  // The status, or a word like `timeout` when no answer came.
  static std::string resultOf(const alpaca::broker::AttemptEvent& event) {
    return event.httpResponseStatusCode ? std::to_string(*event.httpResponseStatusCode) : std::string(event.errorType);
  }

  // No value has a character that must be escaped: they are the library's own words and templates, and statuses.
  static std::string textOf(const Labels& labels) {
    return "method=\"" + labels.method + "\",path=\"" + labels.path + "\",result=\"" + labels.result + '"';
  }

  static void writeHistogram(std::ostream& out, const Labels& labels, const Series& series) {
    const std::string name = "alpaca_broker_attempt_duration_seconds";
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < series.buckets.size(); ++i) {
      count += series.buckets.at(i);  // cumulative
      out << name << "_bucket{" << textOf(labels) << ",le=\"";
      i < kBounds.size() ? out << kBounds.at(i) : out << "+Inf";
      out << "\"} " << count << '\n';
    }
    out << name << "_sum{" << textOf(labels) << "} " << series.seconds << '\n';
    out << name << "_count{" << textOf(labels) << "} " << count << '\n';
  }

  void writeEnds(std::ostream& out, const std::string& name, const char* help, std::uint64_t Ends::*count) const {
    out << "# HELP alpaca_broker_" << name << ' ' << help << "\n# TYPE alpaca_broker_" << name << " counter\n";
    for (const auto& [operation, ends] : ends_) {
      out << "alpaca_broker_" << name << "{operation=\"" << operation << "\"} " << ends.*count << '\n';
    }
  }

  mutable std::mutex mutex_;
  std::map<Labels, Series> series_;
  std::map<std::string, Ends> ends_;
};
