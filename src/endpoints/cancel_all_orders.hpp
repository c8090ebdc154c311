#pragma once

#include "core/operation.hpp"

#include <alpaca/broker/cancel_all.hpp>
#include <alpaca/broker/ids.hpp>

/// DELETE /v1/trading/accounts/{account_id}/orders
namespace alpaca::broker::endpoints::cancel_all_orders {

core::Sending request(const AccountId& account);

/// The errors of its entries have no `message` yet, as those of `core::errorForStatus`. An entry that does not say
/// which order it is about, or what became of it, makes the whole answer unreadable. One that holds another order, or
/// another account's, is not believed, nor are two that contradict each other about one order: those are in doubt.
Result<CancelAllReport> response(const http::HttpResponse& response, const AccountId& account);
std::string_view advice(const Error& error) noexcept;

inline core::Operation<CancelAllReport> operation(const AccountId& account) {
  return {request(account), [account](const http::HttpResponse& answer) { return response(answer, account); }, advice};
}

}  // namespace alpaca::broker::endpoints::cancel_all_orders
