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

/// JSON text in one line. Invalid UTF-8, which a server may send, is replaced.
inline std::string line(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

/// Writes spans to a file in OTLP's file format: one JSON `resourceSpans` in each line. A thread of its own writes, so
/// adding a span waits for no disk. Spans beyond the queue's capacity are dropped and counted; so are spans that cannot
/// be written.
class SpanFile {
 public:
  SpanFile(const std::string& path, std::string serviceName)
      : file_(path, std::ios::app), serviceName_(std::move(serviceName)) {
    if (!file_) throw std::runtime_error(path + " cannot be written");
    writer_ = std::thread([this] { write(); });
  }

  /// Writes the queued spans.
  ~SpanFile() { close(); }
  SpanFile(const SpanFile&) = delete;
  SpanFile& operator=(const SpanFile&) = delete;

  /// Writes the queued spans and accepts no more. Not thread-safe; call it once.
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

  /// Spans that are not in the file: the queue was full, or the file could not be written.
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

  // Empty: the file was closed.
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
