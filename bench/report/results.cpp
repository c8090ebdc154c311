#include "report/results.hpp"

#include "clients/clients.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace alpaca::broker::bench {
namespace {

std::optional<Spread> ratio(const Series& series, const std::vector<Series>& all, const std::string& base) {
  const auto at = std::find_if(all.begin(), all.end(), [&](const Series& one) { return one.name == base; });
  if (at == all.end()) return std::nullopt;
  std::vector<double> ratios = series.medians();
  const std::vector<double> bases = at->medians();
  for (std::size_t i = 0; i < ratios.size(); ++i) ratios[i] /= bases.at(i);
  return spreadOf(std::move(ratios));
}

Line lineOf(const Series& series, const std::vector<Series>& all) {
  std::vector<double> times = series.allMicros();
  std::sort(times.begin(), times.end());
  Line line;
  line.client = series.name;
  line.calls = series.calls;
  line.p50 = sortedQuantile(times, 0.5);
  line.p99 = sortedQuantile(times, 0.99);
  line.max = times.back();
  line.perSecond = static_cast<double>(series.calls) / series.seconds;
  line.cpu = median(series.cpuPerCall);
  line.toLimit = ratio(series, all, kLimit);
  line.toLeanest = ratio(series, all, kLeanest);
  line.toPlain = ratio(series, all, kPlain);
  line.toBusyLimit = ratio(series, all, kBusyLimit);
  for (const double percent : percentilesToPlot()) line.percentiles.push_back(sortedQuantile(times, percent / 100));
  return line;
}

}  // namespace

const std::vector<double>& percentilesToPlot() {
  static const std::vector<double> kPercentiles = [] {
    std::vector<double> all;
    for (int percent = 1; percent < 90; ++percent) all.push_back(percent);
    for (const double percent : {90.0, 92.0, 94.0, 95.0, 96.0, 97.0, 98.0, 99.0, 99.2, 99.4, 99.6, 99.8, 99.9}) {
      all.push_back(percent);
    }
    return all;
  }();
  return kPercentiles;
}

const Line& Row::line(const std::string& client) const {
  const auto at = std::find_if(lines.begin(), lines.end(), [&](const Line& one) { return one.client == client; });
  if (at == lines.end()) throw std::out_of_range(situation + " has no figures of " + client);
  return *at;
}

Row rowOf(std::string situation, std::string link, const std::vector<Series>& series) {
  Row row{std::move(situation), std::move(link)};
  for (const Series& one : series) row.lines.push_back(lineOf(one, series));
  return row;
}

const Row* Results::row(const std::string& situation, const std::string& link) const {
  const auto at = std::find_if(rows.begin(), rows.end(),
                               [&](const Row& one) { return one.situation == situation && one.link == link; });
  return at == rows.end() ? nullptr : &*at;
}

}  // namespace alpaca::broker::bench
