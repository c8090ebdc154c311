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

/// What becomes of the client that waits for an answer.
enum class Delivery {
  Answer,  ///< it gets the answer
  Cut,     ///< its connection ends without one
  Stall,   ///< it waits
};

struct Decision {
  Answer answer{};
  Delivery delivery = Delivery::Answer;
};

/// What the mock broker knows and decides, without any networking. Thread-safe.
class BrokerBook {
 public:
  /// @param authorization the first value of `Authorization` that is let in
  BrokerBook(const std::string& authorization, const MockBrokerOptions& options, Clock clock = machineTime);

  /// Calls `use` with the order book, and nobody else until that returns.
  template <class Use>
  auto withOrders(Use&& use) {
    const std::lock_guard lock(mutex_);
    return std::forward<Use>(use)(orders_);
  }

  /// From now on lets in this value of `Authorization`, too, or not any more.
  void accept(const std::string& authorization);
  void revoke(const std::string& authorization);

  void failNext(ScriptedOutcome mishap);
  void injectFaults(double rate, unsigned seed, std::vector<MockFault> kinds);

  [[nodiscard]] std::vector<ReceivedRequest> requests() const;
  [[nodiscard]] std::size_t requestCount() const;

  /// Takes a request into the record. @return its number there
  std::size_t record(ReceivedRequest request);

  /// Acts on the request of this number and says how to answer.
  Decision act(std::size_t number);

  /// Notes that the request is about to be answered with this status. @return false when the book is closed: then it
  /// must not be
  bool handOver(std::size_t number, int status);

  /// From now on nothing is acted on or answered.
  void close();

 private:
  Decision meet(MockFault fault, ReceivedRequest& request, const RateWindow::Count& count);
  Answer decide(const ReceivedRequest& request, const RateWindow::Count& count);
  void addCommonHeaders(Answer& answer, std::size_t number, const RateWindow::Count& count, WallTime now) const;

  const int rateLimit_;
  const bool refuseBeyondRateLimit_;
  const bool cancelAllBodies_;
  const Clock clock_;
  mutable std::mutex mutex_;
  std::set<std::string> letIn_;
  OrderBook orders_;
  RateWindow rateWindow_;
  FaultPlan faults_;
  std::deque<ReceivedRequest> requests_;
  bool closed_ = false;
};

}  // namespace alpaca::broker::testing
