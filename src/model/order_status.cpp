#include <alpaca/broker/order_status.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {
namespace {

struct Word {
  std::string_view text;
  OrderState state;
};

constexpr std::array<Word, 18> kWords{{
    {"new", OrderState::New},
    {"partially_filled", OrderState::PartiallyFilled},
    {"filled", OrderState::Filled},
    {"done_for_day", OrderState::DoneForDay},
    {"canceled", OrderState::Canceled},
    {"expired", OrderState::Expired},
    {"replaced", OrderState::Replaced},
    {"pending_cancel", OrderState::PendingCancel},
    {"pending_replace", OrderState::PendingReplace},
    {"accepted", OrderState::Accepted},
    {"pending_new", OrderState::PendingNew},
    {"accepted_for_bidding", OrderState::AcceptedForBidding},
    {"stopped", OrderState::Stopped},
    {"rejected", OrderState::Rejected},
    {"suspended", OrderState::Suspended},
    {"calculated", OrderState::Calculated},
    {"held", OrderState::Held},
    {"pending_review", OrderState::PendingReview},
}};

OrderState stateFor(std::string_view text) noexcept {
  const auto* const found =
      std::find_if(kWords.begin(), kWords.end(), [&](const Word& word) { return word.text == text; });
  return found == kWords.end() ? OrderState::Unknown : found->state;
}

}  // namespace

OrderStatus::OrderStatus(std::string text) : text_(std::move(text)), state_(stateFor(text_)) {}

bool OrderStatus::isFinal() const noexcept {
  switch (state_) {
    case OrderState::Filled:
    case OrderState::Canceled:
    case OrderState::Expired:
    case OrderState::Rejected:
    case OrderState::Replaced:
      return true;
    default:
      return false;
  }
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
