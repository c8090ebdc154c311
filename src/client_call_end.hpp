#pragma once

#include <alpaca/broker/batch.hpp>
#include <alpaca/broker/batch_confirm.hpp>
#include <alpaca/broker/call_event.hpp>
#include <alpaca/broker/cancel_all.hpp>
#include <alpaca/broker/confirm.hpp>
#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/kill_switch.hpp>
#include <alpaca/broker/result.hpp>

#include <string>
#include <string_view>

/// Tells the app's hook how each call ended.
namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// What a call is about.
struct CallSubject {
  std::string_view operation;
  std::string_view account{};
  std::string_view order{};
  const void* context = nullptr;
};

/// A subject with texts of its own.
class KeptSubject {
 public:
  /// @param isNeeded false: keeps nothing
  KeptSubject(const CallSubject& subject, bool isNeeded) {
    if (!isNeeded) return;
    operation_ = subject.operation;
    account_ = subject.account;
    order_ = subject.order;
    context_ = subject.context;
  }

  operator CallSubject() const noexcept {  // NOLINT(google-explicit-constructor)
    return {operation_, account_, order_, context_};
  }

 private:
  std::string_view operation_;  // a literal
  std::string account_;
  std::string order_;
  const void* context_ = nullptr;
};

/// The doubt that a success reports; null when there is none.
/// @{
template <class T>
const Error* doubtOf(const T& /*answer*/) noexcept {
  return nullptr;
}
const Error* doubtOf(const CancelAllReport& report) noexcept;
const Error* doubtOf(const CancelConfirmation& confirmation) noexcept;
const Error* doubtOf(const AccountReport& account) noexcept;
/// @}

/// True for a success that has not reached its goal.
/// @{
template <class T>
bool isIncomplete(const T& /*answer*/) noexcept {
  return false;
}
inline bool isIncomplete(const CancelAllReport& report) noexcept { return !report.allAccepted(); }
inline bool isIncomplete(const AccountReport& account) noexcept { return !account.isEmpty; }
inline bool isIncomplete(const CancelConfirmation& confirmation) noexcept {
  return confirmation.outcome == CancelOutcome::Pending;
}
/// @}

/// Calls the hook with one event. Its exceptions end here.
void tell(const CallObserver& hook, const CallSubject& subject, const Error* error, bool incomplete,
          const CallInfo& call) noexcept;

template <class T>
void tell(const CallObserver& hook, const CallSubject& subject, const Result<T>& result) {
  if (!result) return tell(hook, subject, &result.error(), false, result.call());
  tell(hook, subject, doubtOf(*result), isIncomplete(*result), result.call());
}

/// A batch has one event for each entry, and a kill switch one for each account. A refused one has one event.
/// @{
void tell(const CallObserver& hook, const CallSubject& subject, const Result<BatchReport>& result);
void tell(const CallObserver& hook, const CallSubject& subject, const Result<BatchConfirmReport>& result);
void tell(const CallObserver& hook, const CallSubject& subject, const Result<KillSwitchReport>& result);
/// @}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
