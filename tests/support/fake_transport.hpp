#pragma once

#include "call/pipeline.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace alpaca::broker::test {

/// Answers each request with a function instead of a server. Pauses end at once, on a fake clock. Thread-safe.
class FakeTransport : public http::Transport {
 public:
  struct Log {
    std::function<http::Exchange(const http::HttpRequest& request)> answer;
    std::vector<std::string> requests;                     ///< method and target
    std::vector<std::optional<http::TimePoint>> warmings;  ///< the `warmsUnusedSince` of each request
    std::vector<http::Limits> limits;
    std::vector<http::TimePoint> starts;  ///< of each request
    std::vector<std::string> keys;        ///< the API key that each request was sent with
    std::vector<std::chrono::milliseconds> pauses;
    call::CallPipeline::Clock::time_point now{};
    std::chrono::milliseconds timePerAttempt{0};
    bool stopInPause = false;
    std::function<std::size_t(http::TimePoint since)> cold;  ///< number of cold connections; empty: none
    std::optional<std::size_t> maxPauses;  ///< after this many pauses the transport closes; empty: never
    std::atomic<bool> closed{false};
    std::recursive_mutex mutex{};  ///< recursive, so that `answer` may read the log
  };

  explicit FakeTransport(Log& log) : log_(log) {}

  http::Exchange run(const http::HttpRequest& request, const http::Limits& limits) override {
    const std::lock_guard lock(log_.mutex);
    log_.requests.push_back(std::string(request.method) + " " + request.target.str());
    log_.warmings.push_back(request.warmsUnusedSince);
    log_.limits.push_back(limits);
    log_.starts.push_back(log_.now);
    log_.keys.push_back(limits.login->credentials().key());
    log_.now += log_.timePerAttempt;
    return log_.answer(request);
  }

  bool pause(http::TimePoint until, const StopToken& stop) override {
    const std::lock_guard lock(log_.mutex);
    log_.pauses.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(until - log_.now));
    log_.now = std::max(log_.now, until);
    if (log_.maxPauses && log_.pauses.size() >= *log_.maxPauses) log_.closed = true;
    return !log_.stopInPause && !log_.closed && !stop.stopRequested();
  }

  std::size_t coldConnections(std::size_t wanted, http::TimePoint since) override {
    const std::lock_guard lock(log_.mutex);
    return log_.cold ? std::min(log_.cold(since), wanted) : 0;
  }

  void close() override { log_.closed = true; }

 private:
  Log& log_;
};

/// Plays a script: one outcome for each attempt, in order.
inline std::function<http::Exchange(const http::HttpRequest&)> script(std::vector<http::Exchange> exchanges) {
  return [exchanges = std::move(exchanges), next = std::size_t{0}](const http::HttpRequest&) mutable {
    return exchanges.at(next++);
  };
}

inline http::Exchange answered(int status, std::string body = {}, const std::string& headers = {}) {
  http::Exchange exchange;
  exchange.response = http::HttpResponse{status, http::HeaderBlock(headers), std::move(body), {}};
  exchange.sends = 1;
  return exchange;
}

inline http::Exchange failed(http::Failure failure, int sends, std::string detail = "why") {
  http::Exchange exchange;
  exchange.failure = failure;
  exchange.sends = sends;
  exchange.detail = std::move(detail);
  return exchange;
}

/// A caller on a fake transport. Jitter always takes its largest value.
inline call::CallPipeline makePipeline(FakeTransport::Log& log, const ClientOptions& options) {
  return {std::make_unique<FakeTransport>(log),
          options,
          Credentials{"PK012345", "hunter2-hunter2"},
          http::BaseUrl{"https://broker.example:8443", "broker.example", 8443, false},
          "proxy-password",
          call::Runtime{[&log] {
                          const std::lock_guard lock(log.mutex);
                          return log.now;
                        },
                        [] { return 1.0; }}};
}

/// The same, shared: for tests that make it later or pass it on.
inline std::shared_ptr<call::CallPipeline> sharedPipeline(FakeTransport::Log& log, const ClientOptions& options) {
  // NOLINTNEXTLINE(modernize-make-shared): a caller cannot be moved
  return std::shared_ptr<call::CallPipeline>(new call::CallPipeline(makePipeline(log, options)));
}

}  // namespace alpaca::broker::test
