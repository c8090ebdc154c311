#include "report/table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace alpaca::broker::bench {
namespace {

std::string padded(const std::string& text, std::size_t width, bool left) {
  const std::string space(width - text.size(), ' ');
  return left ? text + space : space + text;
}

std::string lineOf(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
  std::string line = "|";
  for (std::size_t i = 0; i < widths.size(); ++i) line += " " + padded(cells.at(i), widths[i], i == 0) + " |";
  return line + "\n";
}

}  // namespace

std::string table(const std::vector<std::string>& heads, const std::vector<std::vector<std::string>>& lines) {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    std::size_t width = std::max<std::size_t>(heads[i].size(), 3);
    for (const auto& line : lines) width = std::max(width, line.at(i).size());
    widths.push_back(width);
  }
  std::string text = lineOf(heads, widths) + "|";
  for (std::size_t i = 0; i < widths.size(); ++i) text += std::string(widths[i] + 1, '-') + (i == 0 ? "-|" : ":|");
  text += "\n";
  for (const auto& line : lines) text += lineOf(line, widths);
  return text;
}

std::string fixed(double value, int digits) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f", digits, value);
  return text.data();
}

std::string number(double value) {
  if (!std::isfinite(value)) return "-";
  const double size = std::fabs(value);
  return fixed(value, size < 10 ? 2 : size < 100 ? 1 : 0);
}

}  // namespace alpaca::broker::bench
