#pragma once

#include <alpaca/broker/export.hpp>
#include <alpaca/broker/version.hpp>

#include <string>
#include <string_view>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// Makes text from a server safe for a terminal or a log. Each byte of a control character or of invalid UTF-8 becomes
/// a backslash, an `x` and two hexadecimal digits. So an order's field cannot clear the screen, set its title, turn the
/// reading direction or forge a line.
///
/// It does not escape for HTML, JSON or SQL.
[[nodiscard]] ALPACA_BROKER_EXPORT std::string printable(std::string_view text);

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
