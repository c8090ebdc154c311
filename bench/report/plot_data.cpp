#include "report/plot_data.hpp"

#include "rows/rows.hpp"

#include <map>
#include <sstream>

namespace alpaca::broker::bench {
namespace {

constexpr std::size_t kBatch = 1000;

std::string heads(const char* first, const Row& row) {
  std::string text = first;
  for (const Line& line : row.lines) text += " \"" + line.client + "\"";
  return text + "\n";
}

}  // namespace

std::string latencyData(const Results& results) {
  const Row* row = results.row(kWarm, kLoopback);
  if (row == nullptr) return "";
  std::ostringstream text;
  text << heads("percentile", *row);
  for (std::size_t i = 0; i < percentilesToPlot().size(); ++i) {
    text << percentilesToPlot()[i];
    for (const Line& line : row->lines) text << ' ' << line.percentiles[i];
    text << '\n';
  }
  return text.str();
}

std::string batchData(const Results& results) {
  std::map<int, const Row*> byConnections;
  for (const Row& row : results.rows) {
    if (row.batch == kBatch && row.link == kDelayed) byConnections[row.connections] = &row;
  }
  if (byConnections.empty()) return "";
  std::ostringstream text;
  text << heads("connections", *byConnections.begin()->second);
  for (const auto& [connections, row] : byConnections) {
    text << connections;
    for (const Line& line : row->lines) text << ' ' << line.p50 / 1e6;
    text << '\n';
  }
  return text.str();
}

}  // namespace alpaca::broker::bench
