#pragma once

#include "call/operation.hpp"
#include "endpoints/cancel_order.hpp"

#include <alpaca/broker/cancel_all.hpp>
#include <alpaca/broker/ids.hpp>

#include <vector>

/// DELETE /v1/trading/accounts/{account_id}/orders
namespace alpaca::broker::endpoints::cancel_all {

call::RequestSpec request(const AccountId& account);

/// Reads the answer. An entry without its order or its outcome makes the whole answer unreadable. Not credible, and so
/// in doubt, is an entry that holds another order or another account's. The same goes for two entries that contradict
/// each other about one order. The errors of entries have no `message` yet, as from `call::errorForStatus`:
/// `entryErrors` finds them.
Result<CancelAllReport> response(const http::HttpResponse& response, const AccountId& account);
std::string_view advice(const Error& error) noexcept;

/// Returns the errors of the entries. Each means the same as for a cancel of that order alone.
std::vector<Error*> entryErrors(CancelAllReport& report);

inline call::Operation<CancelAllReport> operation(const AccountId& account) {
  return {request(account),
          [account](const http::HttpResponse& answer) { return response(answer, account); },
          advice,
          {entryErrors, cancel_order::advice}};
}

}  // namespace alpaca::broker::endpoints::cancel_all
