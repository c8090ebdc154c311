#pragma once

#include "testing/answer.hpp"
#include "testing/faults.hpp"
#include "testing/order_book.hpp"
#include "testing/rate_window.hpp"

#include <alpaca/broker/testing/mock_broker.hpp>

#include <cstddef>
#include <deque>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace alpaca::broker::testing {

/// The state and the decisions of the mock broker, without networking. Thread-safe.
class BrokerBook {
 public:
  /// @param authorization the first accepted value of the `Authorization` header
  BrokerBook(const std::string& authorization, const MockBrokerOptions& options, Clock clock);

  /// Calls `use` with exclusive access to the order book.
  template <class Use>
  auto withOrders(Use&& use) {
    const std::lock_guard lock(mutex_);
    return std::forward<Use>(use)(orders_);
  }

  /// Start or stop accepting this value of the `Authorization` header.
  void accept(const std::string& authorization);
  void revoke(const std::string& authorization);

  /// Calls `use` with exclusive access to the plan of what goes wrong.
  template <class Use>
  void withFaults(Use&& use) {
    const std::lock_guard lock(mutex_);
    std::forward<Use>(use)(faults_);
  }

  void setMarketOpen(bool isOpen);

  [[nodiscard]] std::vector<ReceivedRequest> requests() const;
  [[nodiscard]] std::size_t requestCount() const;

  /// Records a request. @return its number in the record
  std::size_t record(ReceivedRequest request);

  /// The current term of service. A restart begins another one, in which nothing of an earlier term is acted on or
  /// answered any more.
  [[nodiscard]] std::size_t term() const;
  void endTerm();

  /// Acts on the request with this number, which was received in this term, and decides how to answer.
  Decision act(std::size_t number, std::size_t term);

  /// Records that the request is about to be answered with this status.
  /// @return false when the term has ended: the answer must then not be sent
  bool handOver(std::size_t number, std::size_t term, int status);

 private:
  Answer decide(const ReceivedRequest& request, const RateWindow::Count& count);
  void addCommonHeaders(Answer& answer, std::size_t number, const RateWindow::Count& count, WallTime now) const;

  const MockBrokerOptions options_;
  const Clock clock_;
  mutable std::mutex mutex_;
  std::set<std::string> accepted_;  // values of the `Authorization` header
  OrderBook orders_;
  RateWindow rateWindow_;
  FaultPlan faults_;
  std::deque<ReceivedRequest> requests_;
  std::size_t term_ = 0;
  bool isMarketOpen_ = true;
};

}  // namespace alpaca::broker::testing
