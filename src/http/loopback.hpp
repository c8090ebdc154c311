#pragma once

#include <string_view>

namespace alpaca::broker::http {

/// True for `localhost`, 127.0.0.0/8 and `::1` (with or without brackets), and for nothing that only looks like them.
bool isLoopback(std::string_view host) noexcept;

}  // namespace alpaca::broker::http
