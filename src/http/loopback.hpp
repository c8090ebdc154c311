#pragma once

#include <string_view>

namespace alpaca::broker::http {

/// True for `localhost`, 127.0.0.0/8 and `::1` (with or without brackets). False for names that only look like them.
bool isLoopback(std::string_view host) noexcept;

}  // namespace alpaca::broker::http
