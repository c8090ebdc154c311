#pragma once

#include "testing/answer.hpp"

#include <alpaca/broker/testing/mock_fault.hpp>

#include <deque>
#include <optional>
#include <random>
#include <variant>
#include <vector>

namespace alpaca::broker::testing {

/// How a request's connection goes on.
enum class Delivery {
  Answer,  ///< the client gets the answer
  Cut,     ///< the connection ends without an answer
  Stall,   ///< the client gets no answer, and the connection stays open
};

struct Decision {
  Answer answer{};
  Delivery delivery = Delivery::Answer;
};

/// True for a fault that happens after the broker acted on the request.
bool actsFirst(MockFault fault) noexcept;

/// Returns what the client gets instead of the broker's own answer.
Decision decisionOf(MockFault fault);

/// An answer to send without acting on the request, or a fault that the request meets.
using ScriptedOutcome = std::variant<Answer, MockFault>;

/// Plans what goes wrong, request by request.
class FaultPlan {
 public:
  /// Adds to the queue: first in, first out. @throws std::invalid_argument for an answer without a final status
  void push(ScriptedOutcome outcome);

  /// Draws a fault at random for every request for which the queue is empty.
  /// @throws std::invalid_argument for a rate outside 0 to 1
  void inject(double rate, unsigned seed, std::vector<MockFault> kinds);

  /// Returns what happens to the next request; nothing when all goes well.
  std::optional<ScriptedOutcome> next();

 private:
  struct Lottery {
    double rate;
    std::vector<MockFault> kinds;
    std::mt19937 generator;
  };

  std::deque<ScriptedOutcome> queue_;
  std::optional<Lottery> lottery_;
};

}  // namespace alpaca::broker::testing
