#include "core/rate_turn.hpp"

namespace alpaca::broker::core {

RateTurn::RateTurn(Caller& caller, RateUse use, const CallLimits& limits) : caller_(caller) {
  while (const auto again = caller_.pacer().take(use, caller_.now())) {
    if (*again >= limits.deadline) {
      end_ = End::TooLate;
      wait_ = std::chrono::ceil<std::chrono::milliseconds>(*again - caller_.now());
      return;
    }
    if (!caller_.pause(*again, limits.stop)) {
      end_ = End::Stopped;
      return;
    }
  }
}

RateTurn::~RateTurn() {
  if (end_ == End::Granted) caller_.pacer().giveBack();
}

}  // namespace alpaca::broker::core
