#include "features/cancel_all.hpp"

#include "core/status_table.hpp"
#include "endpoints/cancel_all_orders.hpp"
#include "endpoints/cancel_order.hpp"
#include "features/order_pages.hpp"

#include <algorithm>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

bool CancelAllReport::allAccepted() const noexcept {
  return !doubt &&
         std::all_of(entries.begin(), entries.end(), [](const CancelAllEntry& entry) { return entry.accepted(); });
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker

namespace alpaca::broker::features {

void explainRefusals(CancelAllReport& report, const core::Generation& credentials) {
  for (CancelAllEntry& entry : report.entries) {
    if (!entry.error) continue;
    Error& error = *entry.error;
    credentials.redact(error);
    error.message = core::describeAnswer(error);
    error.message.append(" ").append(endpoints::cancel_order::advice(error));
  }
}

namespace {

void add(CallInfo& call, const CallInfo& later) {
  call.attempts += later.attempts;
  call.sends += later.sends;
  call.elapsed = later.elapsed;
  if (later.rateLimit) call.rateLimit = later.rateLimit;
}

}  // namespace

Result<CancelAllReport> cancelAllOrders(core::Caller& caller, const AccountId& account, const CallOptions& options) {
  const auto start = caller.now();
  const auto credentials = caller.credentials();
  Result<CancelAllReport> answer = caller.call(endpoints::cancel_all_orders::operation(account), options, start);
  if (answer) explainRefusals(*answer, *credentials);
  if (answer || !answer.error().maybeApplied) return answer;

  Error& doubt = answer.error();
  auto list = readOrderPages(caller, account, OrderFilter{}, caller.limits(options, start), start);
  if (!list) {
    add(doubt.call, list.error().call);
    doubt.message += " An attempt to list them has failed.";
    return answer;
  }
  CancelAllReport report;
  report.call = doubt.call;
  add(report.call, list->call);
  report.doubt = std::move(doubt);
  report.open = std::move(list->orders);
  return report;
}

}  // namespace alpaca::broker::features
