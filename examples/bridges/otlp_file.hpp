#pragma once

#include "otlp_span.hpp"

#include <nlohmann/json.hpp>

#include <condition_variable>
#include <cstddef>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace otlp {

/// A JSON text in one line. What is not UTF-8, as a server may send anything, is replaced.
inline std::string line(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

/// Writes spans to a file as OTLP's file format has them: a `resourceSpans` of JSON in each line. A thread of its own
/// writes, so that adding a span waits for no disk; spans beyond what may wait are dropped and counted, and so are
/// those that cannot be written.
class SpanFile {
 public:
  SpanFile(const std::string& path, std::string serviceName)
      : file_(path, std::ios::app), serviceName_(std::move(serviceName)) {
    if (!file_) throw std::runtime_error(path + " cannot be written");
    writer_ = std::thread([this] { write(); });
  }

  /// Writes what still waits.
  ~SpanFile() { close(); }
  SpanFile(const SpanFile&) = delete;
  SpanFile& operator=(const SpanFile&) = delete;

  /// Writes what still waits; no more can be added. Not thread-safe; once is enough.
  void close() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    changed_.notify_one();
    if (writer_.joinable()) writer_.join();
  }

  void add(Span span) {
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.size() >= kSpansThatMayWait) {
        ++lost_;
        return;
      }
      waiting_.push_back(std::move(span));
    }
    changed_.notify_one();
  }

  /// Spans that are not in the file: too many waited, or it could not be written.
  [[nodiscard]] std::size_t lost() const {
    const std::lock_guard lock(mutex_);
    return lost_;
  }

 private:
  static constexpr std::size_t kSpansThatMayWait = 2'048;

  void write() {
    for (std::vector<Span> spans = next(); !spans.empty(); spans = next()) {
      nlohmann::json list = nlohmann::json::array();
      for (const Span& span : spans) list.push_back(toJson(span));
      file_ << line(report(serviceName_, "spans", std::move(list)));
      file_.flush();
      if (!file_) lose(spans.size());
    }
  }

  void lose(std::size_t count) {
    const std::lock_guard lock(mutex_);
    lost_ += count;
  }

  // None: it is over.
  std::vector<Span> next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
    return std::exchange(waiting_, {});
  }

  std::ofstream file_;
  const std::string serviceName_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Span> waiting_;
  std::size_t lost_ = 0;
  bool ending_ = false;
  std::thread writer_;
};

}  // namespace otlp
