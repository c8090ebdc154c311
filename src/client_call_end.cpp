#include "client_call_end.hpp"

#include <algorithm>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {
namespace {

const Error* ifDoubtful(const std::optional<Error>& error) noexcept {
  return error && error->maybeApplied ? &*error : nullptr;
}

template <class Entry>
void tellEntries(const CallObserver& hook, CallSubject subject, const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) {
    subject.account = entry.target.accountId.str();
    subject.order = entry.target.orderId.str();
    tell(hook, subject, entry.result);
  }
}

}  // namespace

const Error* doubtOf(const CancelAllReport& report) noexcept { return report.doubt ? &*report.doubt : nullptr; }

const Error* doubtOf(const CancelConfirmation& confirmation) noexcept {
  return confirmation.outcome == CancelOutcome::Pending ? ifDoubtful(confirmation.cancelError) : nullptr;
}

const Error* doubtOf(const AccountReport& account) noexcept {
  if (const Error* doubt = ifDoubtful(account.cancelAllError)) return doubt;
  if (const Error* doubt = ifDoubtful(account.error)) return doubt;
  for (const RemainingOrder& order : account.stillOpen) {
    if (const Error* doubt = ifDoubtful(order.cancelError)) return doubt;
  }
  for (const UnknownOrder& order : account.unknown) {
    if (const Error* doubt = ifDoubtful(order.error)) return doubt;
  }
  return account.error ? &*account.error : nullptr;
}

void tell(const CallObserver& hook, const CallSubject& subject, const Error* error, bool incomplete,
          const CallInfo& call) noexcept try {
  CallEvent event;
  event.operation = subject.operation;
  event.accountId = subject.account;
  event.orderId = subject.order;
  event.maybeApplied = error != nullptr && error->maybeApplied;
  event.isIncomplete = incomplete;
  event.error = error;
  event.call = &call;
  event.context = subject.context;
  hook(event);
  // guard: an exception of the call's hook ends with it
} catch (...) {  // NOLINT(bugprone-empty-catch): the hook's trouble is not the call's
}

void tell(const CallObserver& hook, const CallSubject& subject, const Result<BatchReport>& result) {
  if (!result) return tell(hook, subject, &result.error(), false, result.call());
  tellEntries(hook, subject, result->entries);
}

void tell(const CallObserver& hook, const CallSubject& subject, const Result<BatchConfirmReport>& result) {
  if (!result) return tell(hook, subject, &result.error(), false, result.call());
  tellEntries(hook, subject, result->entries);
}

void tell(const CallObserver& hook, const CallSubject& subject, const Result<KillSwitchReport>& result) {
  if (!result) return tell(hook, subject, &result.error(), false, result.call());
  for (const AccountReport& account : result->accounts) {
    CallSubject about = subject;
    about.account = account.accountId.str();
    tell(hook, about, doubtOf(account), isIncomplete(account), account.call);
  }
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
