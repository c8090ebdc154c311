#pragma once

#include <string>
#include <vector>

namespace alpaca::broker::bench {

/// A table that can be read as it is, and is Markdown. The first column is left-aligned, the others right.
std::string table(const std::vector<std::string>& heads, const std::vector<std::vector<std::string>>& lines);

/// With so many digits that the value can be told to about half a percent: "0.52", "21.3", "1250".
std::string number(double value);

/// With so many digits after the point.
std::string fixed(double value, int digits);

}  // namespace alpaca::broker::bench
