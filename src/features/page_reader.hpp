#pragma once

#include "features/order_pages.hpp"

#include <optional>
#include <string>
#include <vector>

namespace alpaca::broker::features {

/// What every page of one list has in common.
struct Inquiry {
  core::Caller& caller;
  const AccountId& account;
  const OrderFilter& filter;
  const core::CallLimits& limits;
  core::Caller::Clock::time_point start;
  endpoints::list_orders::Advice advice;
  OrderFilter::Status passed;
};

/// Reads the pages of one list, for these of the filter's symbols: see `readOrderPages`.
OrderList readPages(const Inquiry& inquiry, std::optional<std::vector<std::string>> symbols);

}  // namespace alpaca::broker::features
