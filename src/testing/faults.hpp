#pragma once

#include "testing/answer.hpp"

#include <alpaca/broker/testing/mock_fault.hpp>

#include <deque>
#include <optional>
#include <random>
#include <variant>
#include <vector>

namespace alpaca::broker::testing {

/// True for a fault that comes after the broker acted on the request.
bool actsFirst(MockFault fault) noexcept;

/// True for a fault that leaves the client waiting.
bool stalls(MockFault fault) noexcept;

/// The answer that the fault gives in place of the broker's own; nothing when it gives none.
std::optional<Answer> answerOf(MockFault fault);

/// An answer to give without acting on the request, or a fault to let the request meet.
using ScriptedOutcome = std::variant<Answer, MockFault>;

/// What is to go wrong, request by request.
class FaultPlan {
 public:
  /// Queues up: first in, first out. @throws std::invalid_argument for an answer that is no final one.
  void push(ScriptedOutcome mishap);

  /// Draws for every request that the queue has nothing for. @throws std::invalid_argument for a rate outside 0 to 1.
  void inject(double rate, unsigned seed, std::vector<MockFault> kinds);

  /// What happens to the next request; nothing: all goes well.
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
