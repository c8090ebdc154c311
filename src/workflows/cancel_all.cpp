#include "workflows/cancel_all.hpp"

#include "endpoints/cancel_all.hpp"
#include "workflows/call_sum.hpp"
#include "workflows/list_orders.hpp"

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

namespace alpaca::broker::workflows {

Result<CancelAllReport> cancelAllOrders(call::CallPipeline& pipeline, const AccountId& account,
                                        const CallOptions& options) {
  const auto start = pipeline.now();
  Result<CancelAllReport> answer = pipeline.call(endpoints::cancel_all::operation(account), options, start);
  if (answer || !answer.error().maybeApplied) return answer;

  Error& doubt = answer.error();
  OrderList list = readOrderPages({pipeline, account, OrderFilter{}, pipeline.limits(options, start), start});
  CallInfo whole = doubt.call;
  add(whole, list.call);
  whole.elapsed = list.call.elapsed;
  whole.requestId = doubt.call.requestId;  // the cancel's id: the broker's support needs that one
  if (list.error) {
    doubt.call = std::move(whole);
    doubt.message += " An attempt to list them has failed.";
    return answer;
  }
  CancelAllReport report;
  report.doubt = std::move(doubt);
  report.open = std::move(list.orders);
  return {std::move(report), std::move(whole)};
}

}  // namespace alpaca::broker::workflows
