#include "testing/faults.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

namespace alpaca::broker::testing {
namespace {

constexpr const char* kBadGatewayPage = "<html><head><title>502 Bad Gateway</title></head></html>";

std::vector<MockFault> everyKind() {
  return {MockFault::LostRequest,           MockFault::LostAnswer,      MockFault::BadGateway,
          MockFault::BadGatewayAfterActing, MockFault::TooManyRequests, MockFault::Stall,
          MockFault::StallAfterActing,      MockFault::CutAnswer};
}

}  // namespace

bool actsFirst(MockFault fault) noexcept {
  return fault == MockFault::LostAnswer || fault == MockFault::BadGatewayAfterActing ||
         fault == MockFault::StallAfterActing || fault == MockFault::CutAnswer;
}

Decision decisionOf(MockFault fault, Answer own) {
  switch (fault) {
    case MockFault::BadGateway:
    case MockFault::BadGatewayAfterActing:
      return {{502, kBadGatewayPage, {{"Content-Type", "text/html"}}}};
    case MockFault::TooManyRequests:
      return {tooManyRequests(std::chrono::seconds(0))};
    case MockFault::Stall:
    case MockFault::StallAfterActing:
      return {{}, Delivery::Stall};
    case MockFault::CutAnswer:
      if (own.body.empty()) return {{}, Delivery::Cut};
      return {std::move(own), Delivery::CutBody};
    default:
      return {{}, Delivery::Cut};
  }
}

void FaultPlan::push(ScriptedOutcome outcome, RequestMatch match) {
  const auto* const answer = std::get_if<Answer>(&outcome);
  if (answer != nullptr && (answer->status < 200 || answer->status > 599)) {
    throw std::invalid_argument("MockBroker::failNext: the status is " + std::to_string(answer->status) +
                                "; accepted: 200 to 599");
  }
  queue_.emplace_back(std::move(match), std::move(outcome));
}

void FaultPlan::inject(double rate, unsigned seed, std::vector<MockFault> kinds, RequestMatch match) {
  if (!(rate >= 0.0 && rate <= 1.0)) {
    throw std::invalid_argument("MockBroker::injectFaults: the rate is " + std::to_string(rate) + "; accepted: 0 to 1");
  }
  if (kinds.empty()) kinds = everyKind();
  lotteries_.set(std::move(match), {rate, std::move(kinds), std::mt19937(seed)});
}

std::optional<ScriptedOutcome> FaultPlan::next(const ReceivedRequest& request) {
  const auto queued = std::find_if(queue_.begin(), queue_.end(),
                                   [&](const auto& candidate) { return matches(candidate.first, request); });
  if (queued != queue_.end()) {
    ScriptedOutcome outcome = std::move(queued->second);
    queue_.erase(queued);
    return outcome;
  }
  Lottery* const lottery = lotteries_.find(request);
  if (lottery == nullptr) return std::nullopt;
  // Draws twice for every request, so that the rate does not change which kind of fault a request would meet. The
  // standard distributions are avoided because they differ from one library to the next.
  const double draw = static_cast<double>(lottery->generator()) / 4'294'967'296.0;
  const auto kind = lottery->generator() % lottery->kinds.size();
  if (draw >= lottery->rate) return std::nullopt;
  return lottery->kinds[kind];
}

std::chrono::milliseconds FaultPlan::delayOf(const ReceivedRequest& request) {
  const auto* const delay = delays_.find(request);
  return delay == nullptr ? std::chrono::milliseconds(0) : *delay;
}

}  // namespace alpaca::broker::testing
