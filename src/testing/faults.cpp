#include "testing/faults.hpp"

#include <stdexcept>
#include <string>
#include <utility>

namespace alpaca::broker::testing {
namespace {

constexpr const char* kBadGatewayPage = "<html><head><title>502 Bad Gateway</title></head></html>";

std::vector<MockFault> everyKind() {
  return {MockFault::LostRequest,           MockFault::LostAnswer,      MockFault::BadGateway,
          MockFault::BadGatewayAfterActing, MockFault::TooManyRequests, MockFault::Stall,
          MockFault::StallAfterActing};
}

}  // namespace

bool actsFirst(MockFault fault) noexcept {
  return fault == MockFault::LostAnswer || fault == MockFault::BadGatewayAfterActing ||
         fault == MockFault::StallAfterActing;
}

Decision decisionOf(MockFault fault) {
  switch (fault) {
    case MockFault::BadGateway:
    case MockFault::BadGatewayAfterActing:
      return {{502, kBadGatewayPage, {{"Content-Type", "text/html"}}}};
    case MockFault::TooManyRequests:
      return {tooManyRequests(std::chrono::seconds(0))};
    case MockFault::Stall:
    case MockFault::StallAfterActing:
      return {{}, Delivery::Stall};
    default:
      return {{}, Delivery::Cut};
  }
}

void FaultPlan::push(ScriptedOutcome outcome) {
  const auto* const answer = std::get_if<Answer>(&outcome);
  if (answer != nullptr && (answer->status < 200 || answer->status > 599)) {
    throw std::invalid_argument("MockBroker::failNext: the status is " + std::to_string(answer->status) +
                                "; accepted: 200 to 599");
  }
  queue_.push_back(std::move(outcome));
}

void FaultPlan::inject(double rate, unsigned seed, std::vector<MockFault> kinds) {
  if (!(rate >= 0.0 && rate <= 1.0)) {
    throw std::invalid_argument("MockBroker::injectFaults: the rate is " + std::to_string(rate) + "; accepted: 0 to 1");
  }
  if (kinds.empty()) kinds = everyKind();
  lottery_ = Lottery{rate, std::move(kinds), std::mt19937(seed)};
}

std::optional<ScriptedOutcome> FaultPlan::next() {
  if (!queue_.empty()) {
    ScriptedOutcome outcome = std::move(queue_.front());
    queue_.pop_front();
    return outcome;
  }
  if (!lottery_) return std::nullopt;
  // Draws twice for every request, so that the rate does not change which kind of fault a request would meet. The
  // standard distributions are avoided because they differ from one library to the next.
  const double draw = static_cast<double>(lottery_->generator()) / 4'294'967'296.0;
  const auto kind = lottery_->generator() % lottery_->kinds.size();
  if (draw >= lottery_->rate) return std::nullopt;
  return lottery_->kinds[kind];
}

}  // namespace alpaca::broker::testing
