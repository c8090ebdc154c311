#pragma once

#include <alpaca/broker/testing/mock_broker.hpp>

#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace alpaca::broker::testing {

/// What the mock broker answers.
struct Answer {
  int status = 0;
  std::string body;
  std::vector<Header> headers;
};

/// What the mock broker knows and decides, without any networking. Thread-safe.
class BrokerBook {
 public:
  /// The value of `Authorization` that is let in, and the requests per minute to announce.
  BrokerBook(std::string authorization, int rateLimit);

  void addOrder(const std::string& account, const std::string& order, std::string status);
  [[nodiscard]] std::string orderStatus(const std::string& account, const std::string& order) const;
  void settleCancels();
  void failNext(Answer answer);
  [[nodiscard]] std::vector<ReceivedRequest> requests() const;
  [[nodiscard]] std::size_t requestCount() const;

  /// Records the request, acts on it and says how to answer.
  Answer receive(ReceivedRequest request);

 private:
  using Orders = std::map<std::string, std::string>;  // id -> status

  Answer decide(const ReceivedRequest& request);
  Answer cancelOrder(std::string_view account, std::string_view order);
  void addCommonHeaders(Answer& answer);

  const std::string authorization_;
  const int rateLimit_;
  mutable std::mutex mutex_;
  std::map<std::string, Orders, std::less<>> accounts_;
  std::deque<Answer> scripted_;
  std::vector<ReceivedRequest> requests_;
  std::chrono::system_clock::time_point windowEnd_{};
  int remaining_ = 0;
};

}  // namespace alpaca::broker::testing
