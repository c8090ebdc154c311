#pragma once

#include "workflows/list_orders.hpp"

#include <optional>
#include <string>
#include <vector>

namespace alpaca::broker::workflows {

/// What all pages of one list share.
struct Inquiry {
  call::CallPipeline& pipeline;
  const AccountId& account;
  const OrderFilter& filter;
  const call::CallLimits& limits;
  call::CallPipeline::Clock::time_point start;
  endpoints::list_orders::Advice advice;
  OrderFilter::Status passed;
};

/// Reads the pages of one list for these symbols: see `readOrderPages`.
OrderList readPages(const Inquiry& inquiry, std::optional<std::vector<std::string>> symbols);

}  // namespace alpaca::broker::workflows
