#include "report/targets.hpp"

#include "clients/clients.hpp"
#include "rows/rows.hpp"

#include <nlohmann/json.hpp>

#include <fstream>

namespace alpaca::broker::bench {
namespace {

using Json = nlohmann::json;

constexpr int kBatchConnections = 32;
constexpr std::size_t kBatch = 1000;

void addWarm(std::vector<Target>& targets, const Results& results) {
  const Row* row = results.row(kWarm, kLoopback);
  if (row == nullptr) return;
  const Line& sdk = row->line(kSdk);
  targets.push_back({"1", "warm cancel, p50, SDK : leanest libcurl, own headers", sdk.toLeanest->median, 1.02});
  targets.push_back({"1", "warm cancel, p50, SDK : raw TLS socket", sdk.toLimit->median, 1.35});
}

// What is counted instead of timed comes from a run of its own.
void addCounts(std::vector<Target>& targets, const std::string& file) {
  struct Count {
    const char* key;
    const char* what;
  };
  const Json counts = Json::parse(std::ifstream(file), nullptr, false);
  for (const Count& count :
       {Count{"instructions_ratio", "warm cancel, instructions, SDK : libcurl, lean settings"},
        Count{"instructions_ratio_to_own_headers", "warm cancel, instructions, SDK : the same with own headers"},
        Count{"instructions_ratio_to_plain", "warm cancel, instructions, SDK : libcurl, plain"},
        Count{"syscalls_extra", "warm cancel, system calls, SDK - libcurl, lean settings"},
        Count{"allocations_extra", "warm cancel, allocations, SDK - libcurl, lean settings"}}) {
    Target target{"1", count.what};
    target.measured = counts.is_object() && counts.contains(count.key);
    if (target.measured) {
      target.figure = counts[count.key].value("figure", 0.0);
      target.bound = counts[count.key].value("bound", 0.0);
    }
    targets.push_back(target);
  }
}

void addAfterIdle(std::vector<Target>& targets, const Results& results) {
  Target target{"2", "after idle, keep-warm on, p50, 20 ms RTT", 0, 1.05, "RTT", false};
  if (const Row* row = results.row(kAfterIdle, kDelayed)) {
    for (const Line& line : row->lines) {
      if (line.client != kSdkKeptWarm) continue;
      target.figure = line.toBusyLimit->median;
      target.measured = true;
    }
  }
  targets.push_back(target);
}

void addBatch(std::vector<Target>& targets, const Results& results) {
  const Row* row = results.row(batchName(kBatch, kBatchConnections), kDelayed);
  if (row == nullptr) return;
  targets.push_back({"3", "1000 cancels, 32 connections, 20 ms RTT, SDK : raw TLS sockets",
                     row->line(kSdkBatch).toLimit->median, 1.05});
}

void addSubmits(std::vector<Target>& targets, const Results& results) {
  constexpr double kFew = 5;
  for (const Submit& submit : results.submits) {
    if (submit.what == "plain limit") continue;
    targets.push_back(
        {"5", "asynchronous submit, " + submit.load + ", " + submit.what + ", p99", submit.p99, kFew, "us"});
  }
}

void addMemory(std::vector<Target>& targets, const Memory& memory) {
  if (memory.residentBytes.empty()) return;
  const auto first = static_cast<double>(memory.residentBytes.front());
  const auto last = static_cast<double>(memory.residentBytes.back());
  const std::string calls = std::to_string(memory.calls);
  // Less than that is no leak of even a byte per call, and pages are counted.
  targets.push_back({"6", "growth over " + calls + " warm calls", (last - first) / static_cast<double>(memory.calls),
                     1.0, "bytes per call"});
  targets.push_back({"6", "an idle connection, SDK : libcurl's multi handle",
                     memory.sdkPerConnection / memory.multiPerConnection, 1.25});
}

}  // namespace

std::vector<Target> targetsOf(const Results& results, const std::string& countsFile) {
  std::vector<Target> targets;
  addCounts(targets, countsFile);
  addWarm(targets, results);
  addAfterIdle(targets, results);
  addBatch(targets, results);
  targets.push_back(
      {"4", "32 cold connections, CPU, SDK : one CA load + 32 handshakes x 1.2", results.openings.toBound.median, 1.0});
  addSubmits(targets, results);
  addMemory(targets, results.memory);
  return targets;
}

}  // namespace alpaca::broker::bench
