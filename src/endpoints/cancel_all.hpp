#pragma once

#include "call/operation.hpp"
#include "endpoints/cancel_order.hpp"

#include <alpaca/broker/cancel_all.hpp>
#include <alpaca/broker/ids.hpp>

#include <vector>

/// DELETE /v1/trading/accounts/{account_id}/orders
namespace alpaca::broker::endpoints::cancel_all {

call::RequestSpec request(const AccountId& account);

/// The errors of its entries have no `message` yet, as those of `call::errorForStatus`: `entryErrors` finds them. An
/// entry that does not say which order it is about, or what became of it, makes the whole answer unreadable. One that
/// holds another order, or another account's, is not believed, nor are two that contradict each other about one order:
/// those are in doubt.
Result<CancelAllReport> response(const http::HttpResponse& response, const AccountId& account);
std::string_view advice(const Error& error) noexcept;

/// The errors of the orders that were refused. Each means what it would mean for a cancel of that order alone.
std::vector<Error*> entryErrors(CancelAllReport& report);

inline call::Operation<CancelAllReport> operation(const AccountId& account) {
  return {request(account),
          [account](const http::HttpResponse& answer) { return response(answer, account); },
          advice,
          {entryErrors, cancel_order::advice}};
}

}  // namespace alpaca::broker::endpoints::cancel_all
