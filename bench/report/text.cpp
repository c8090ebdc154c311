#include "report/text.hpp"

#include "report/table.hpp"

#include <algorithm>

namespace alpaca::broker::bench {
namespace {

using Lines = std::vector<std::vector<std::string>>;

std::string ratio(const std::optional<Spread>& spread) { return spread ? fixed(spread->median, 3) : ""; }

std::string rangeOf(const std::optional<Spread>& spread) {
  return spread ? fixed(spread->low, 3) + " to " + fixed(spread->high, 3) : "";
}

std::string header(const Results& results) {
  const Machine& machine = results.machine;
  return "Measured by `./dev bench` (" + results.mode + ", " + fixed(results.seconds / 60, 1) + " minutes) on " +
         results.started + ".\n\n" + machine.processor + ", " + std::to_string(machine.cores) + " cores; " +
         machine.system + ", Linux " + machine.kernel + "; " + machine.compiler + "; " + machine.curl + "; " +
         machine.openssl + "; " + machine.nginx + "; Boost " + machine.boost + "; cpp-httplib " + machine.httplib +
         "; SDK " + machine.sdk + ". Load average before the start: " + fixed(machine.loadBefore, 2) +
         ".\nThe delayed line's own round trip: p50 " + fixed(results.delay.p50, 2) + " ms, p99 " +
         fixed(results.delay.p99, 2) + " ms.\n";
}

std::string targetTable(const std::vector<Target>& targets) {
  Lines lines;
  for (const Target& target : targets) {
    const std::string unit = target.unit.empty() ? "" : " " + target.unit;
    const std::string verdict = !target.measured ? "not measured" : target.isMet() ? "pass" : "MISS";
    const std::string figure = target.measured ? fixed(target.figure, 3) + unit : "";
    const std::string bound = target.bound > 0 || target.measured ? fixed(target.bound, 2) + unit : "";
    lines.push_back({target.number + ": " + target.what, figure, bound, verdict});
  }
  return "\n## Targets\n\n" + table({"target", "figure", "at most", ""}, lines);
}

std::string singleTable(const Row& row) {
  const bool isAfterIdle = row.lines.front().repeated.has_value();
  std::vector<std::string> heads{"client", "calls",   "p50 us",    "p99 us",  "calls/s",
                                 "CPU us", "x limit", "x leanest", "x plain", "x leanest, middle half"};
  if (isAfterIdle) heads.insert(heads.end(), {"round trips", "failed at first"});
  Lines lines;
  for (const Line& line : row.lines) {
    lines.push_back({line.client, std::to_string(line.calls), number(line.p50), number(line.p99),
                     number(line.perSecond), number(line.cpu), ratio(line.toLimit), ratio(line.toLeanest),
                     ratio(line.toPlain), rangeOf(line.toLeanest)});
    if (isAfterIdle) {
      lines.back().insert(lines.back().end(), {ratio(line.toBusyLimit), std::to_string(line.repeated.value_or(0))});
    }
  }
  return "\n### " + row.situation + ", " + row.link + "\n\n" + table(heads, lines);
}

std::string batchTable(const Row& row) {
  Lines lines;
  for (const Line& line : row.lines) {
    lines.push_back({line.client, std::to_string(line.calls / row.batch), number(line.p50 / 1e3),
                     number(line.max / 1e3), number(line.perSecond), number(line.cpu), ratio(line.toLimit),
                     ratio(line.toLeanest), rangeOf(line.toLimit)});
  }
  return "\n### " + row.situation + ", " + row.link + "\n\n" +
         table({"client", "batches", "p50 ms", "max ms", "cancels/s", "CPU us", "x limit", "x leanest",
                "x limit, middle half"},
               lines);
}

std::string contentionTable(const std::vector<Contention>& contentions) {
  Lines lines;
  for (const Contention& one : contentions) {
    lines.push_back({one.link, std::to_string(one.calls), number(static_cast<double>(one.calls) / one.seconds),
                     number(one.p50 / 1e3), number(one.p99 / 1e3), number(one.max / 1e3),
                     number(one.worstThreadP50 / 1e3), number(one.worstThreadP99 / 1e3), number(one.cpu),
                     std::to_string(one.fewest), std::to_string(one.most),
                     fixed(static_cast<double>(one.fewest) / static_cast<double>(one.most), 2)});
  }
  return "\n### 64 threads over 16 connections, SDK\n\n" +
         table({"link", "calls", "calls/s", "p50 ms", "p99 ms", "max ms", "worst thread p50", "worst thread p99",
                "CPU us", "fewest calls", "most calls", "fewest : most"},
               lines);
}

std::string openingTable(const Openings& openings) {
  return "\n### " + std::to_string(openings.connections) + " cold connections at once, 20 ms RTT, CPU\n\n" +
         table({"what", "ms"}, {{"loading the system's authorities once", number(openings.authorities)},
                                {"one handshake and call of the raw socket", number(openings.handshake)},
                                {"the SDK: a new client and all connections", number(openings.sdk)},
                                {"libcurl, leanest: a handle for each", number(openings.leanest)},
                                {"the SDK, time until all are answered", number(openings.sdkWall)}});
}

std::string submitTable(const std::vector<Submit>& submits) {
  Lines lines;
  for (const Submit& one : submits) {
    lines.push_back({one.load + ", " + one.what, std::to_string(one.submits), number(one.p50), number(one.p99),
                     number(one.max), fixed(one.p50ToLimit, 1), fixed(one.p99ToLimit, 1)});
  }
  return "\n### Submitting an asynchronous cancel, on the submitting thread\n\n" +
         table({"load", "submits", "p50 us", "p99 us", "max us", "p50 x limit", "p99 x limit"}, lines);
}

std::string memoryTable(const Memory& memory) {
  Lines lines;
  for (std::size_t i = 0; i < memory.residentBytes.size(); ++i) {
    const std::size_t calls = memory.calls * i / (memory.residentBytes.size() - 1);
    lines.push_back({"resident after " + std::to_string(calls) + " calls",
                     number(static_cast<double>(memory.residentBytes[i]) / 1024)});
  }
  lines.push_back({"heap per idle connection, SDK", number(memory.sdkPerConnection / 1024)});
  lines.push_back({"the same, libcurl: one multi handle", number(memory.multiPerConnection / 1024)});
  lines.push_back({"the same, libcurl: an easy handle each", number(memory.handlePerConnection / 1024)});
  return "\n### Memory, " + std::to_string(memory.connections) + " connections\n\n" + table({"what", "KiB"}, lines);
}

}  // namespace

std::string textOf(const Results& results, const std::vector<Target>& targets) {
  std::string text = header(results) + targetTable(targets) + "\n## Single calls\n";
  for (const Row& row : results.rows) text += row.batch == 0 ? singleTable(row) : "";
  text += "\n## Many cancels\n";
  for (const Row& row : results.rows) text += row.batch == 0 ? "" : batchTable(row);
  return text + contentionTable(results.contentions) + "\n## What else it costs\n" + openingTable(results.openings) +
         submitTable(results.submits) + memoryTable(results.memory);
}

}  // namespace alpaca::broker::bench
