#include "features/cancel_all.hpp"

#include "core/status_table.hpp"
#include "endpoints/cancel_all_orders.hpp"
#include "endpoints/cancel_order.hpp"
#include "features/call_sum.hpp"
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

void explainRefusals(CancelAllReport& report) {
  for (CancelAllEntry& entry : report.entries) {
    if (!entry.error) continue;
    Error& error = *entry.error;
    error.message = core::describeAnswer(error);
    error.message.append(" ").append(endpoints::cancel_order::advice(error));
  }
}

Result<CancelAllReport> cancelAllOrders(core::Caller& caller, const AccountId& account, const CallOptions& options) {
  const auto start = caller.now();
  Result<CancelAllReport> answer = caller.call(endpoints::cancel_all_orders::operation(account), options, start);
  if (answer) explainRefusals(*answer);
  if (answer || !answer.error().maybeApplied) return answer;

  Error& doubt = answer.error();
  OrderList list = readOrderPages(caller, account, OrderFilter{}, caller.limits(options, start), start);
  CallInfo whole = doubt.call;
  add(whole, list.call);
  whole.elapsed = list.call.elapsed;
  whole.requestId = doubt.call.requestId;  // of the cancel: it is what the broker's support is to be asked about
  if (list.error) {
    doubt.call = std::move(whole);
    doubt.message += " An attempt to list them has failed.";
    return answer;
  }
  CancelAllReport report;
  report.call = std::move(whole);
  report.doubt = std::move(doubt);
  report.open = std::move(list.orders);
  return report;
}

}  // namespace alpaca::broker::features
