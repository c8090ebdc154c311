#pragma once

#include "testing/answer.hpp"
#include "testing/request_match.hpp"

#include <alpaca/broker/testing/mock_fault.hpp>

#include <chrono>
#include <list>
#include <optional>
#include <random>
#include <utility>
#include <variant>
#include <vector>

namespace alpaca::broker::testing {

/// How a request's connection goes on.
enum class Delivery {
  Answer,   ///< the client gets the answer
  CutBody,  ///< the connection ends in the middle of the answer's body
  Cut,      ///< the connection ends without an answer
  Stall,    ///< the client gets no answer, and the connection stays open
};

struct Decision {
  Answer answer{};
  Delivery delivery = Delivery::Answer;
  std::chrono::milliseconds delay{};  ///< before the answer
};

/// True for a fault that happens after the broker acted on the request.
bool actsFirst(MockFault fault) noexcept;

/// Returns what the client gets instead of the broker's own answer.
Decision decisionOf(MockFault fault, Answer own);

/// An answer to send without acting on the request, or a fault that the request meets.
using ScriptedOutcome = std::variant<Answer, MockFault>;

/// Plans what goes wrong, request by request.
class FaultPlan {
 public:
  /// Adds to the queue. @throws std::invalid_argument for an answer without a final status
  void push(ScriptedOutcome outcome, RequestMatch match);

  /// Draws a fault at random for every request that matches and has nothing in the queue.
  /// @throws std::invalid_argument for a rate outside 0 to 1
  void inject(double rate, unsigned seed, std::vector<MockFault> kinds, RequestMatch match);

  /// Holds back the answers to the requests that match.
  void delay(std::chrono::milliseconds delay, RequestMatch match) { delays_.set(std::move(match), delay); }

  /// Returns what happens to the request: the oldest outcome in the queue that matches it, or else a draw. Nothing when
  /// all goes well.
  std::optional<ScriptedOutcome> next(const ReceivedRequest& request);

  [[nodiscard]] std::chrono::milliseconds delayOf(const ReceivedRequest& request);

 private:
  struct Lottery {
    double rate;
    std::vector<MockFault> kinds;
    std::mt19937 generator;
  };

  std::list<std::pair<RequestMatch, ScriptedOutcome>> queue_;
  MatchedValues<Lottery> lotteries_;
  MatchedValues<std::chrono::milliseconds> delays_;
};

}  // namespace alpaca::broker::testing
