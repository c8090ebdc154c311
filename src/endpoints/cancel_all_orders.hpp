#pragma once

#include "core/operation.hpp"

#include <alpaca/broker/cancel_all.hpp>
#include <alpaca/broker/ids.hpp>

/// DELETE /v1/trading/accounts/{account_id}/orders
namespace alpaca::broker::endpoints::cancel_all_orders {

core::Sending request(const AccountId& account);

/// The errors of its entries have no `message` yet, as those of `core::errorForStatus`. An entry that does not say
/// which order it is about, or what became of it, makes the whole answer unreadable.
Result<CancelAllReport> response(const http::HttpResponse& response);
std::string_view advice(const Error& error) noexcept;

inline core::Operation<CancelAllReport> operation(const AccountId& account) {
  return {request(account), response, advice};
}

}  // namespace alpaca::broker::endpoints::cancel_all_orders
