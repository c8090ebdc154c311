#pragma once

#include "faults/threads.hpp"
#include "http/pool.hpp"
#include "support/eventually.hpp"

#include <chrono>
#include <future>
#include <string>
#include <utility>

namespace alpaca::broker::test {

inline http::ConnectionSettings poolSettings(std::string url, std::string proxy = {}) {
  http::ConnectionSettings settings{std::move(url)};
  settings.plainHttpAllowed = true;
  settings.proxy = std::move(proxy);
  return settings;
}

/// Limits that a passing test never reaches.
inline http::Limits within(std::chrono::milliseconds time = std::chrono::seconds(30), StopToken stop = {}) {
  return {std::chrono::steady_clock::now() + time, std::chrono::seconds(20), std::move(stop)};
}

inline http::HttpRequest cancelOf(const std::string& target) { return {"DELETE", target}; }

inline http::HttpRequest warming(const std::string& target, http::TimePoint unusedSince) {
  http::HttpRequest request{"GET", target};
  request.warmsUnusedSince = unusedSince;
  return request;
}

/// An exchange that runs on a thread of its own.
class PoolCall {
 public:
  PoolCall(http::ConnectionPool& pool, http::HttpRequest request, http::Limits limits = within())
      : exchange_(
            std::async(std::launch::async, [this, &pool, request = std::move(request), limits = std::move(limits)] {
              number_.set_value(threadNumber());
              return pool.run(request, limits);
            })) {}

  /// Waits until the call's thread blocks inside the pool and can make no further progress.
  bool isBlocked() {
    const int number = number_.get_future().get();
    return eventuallyForGood([&] { return isWaiting(number); });
  }

  http::Exchange get() { return exchange_.get(); }

 private:
  std::promise<int> number_;
  std::future<http::Exchange> exchange_;
};

}  // namespace alpaca::broker::test
