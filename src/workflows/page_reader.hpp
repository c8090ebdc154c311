#pragma once

#include "workflows/list_orders.hpp"

#include <optional>
#include <string>
#include <vector>

namespace alpaca::broker::workflows {

/// Reads the pages of one list for these symbols: see `readOrderPages`.
OrderList readPages(const ListRequest& request, std::optional<std::vector<std::string>> symbols);

}  // namespace alpaca::broker::workflows
