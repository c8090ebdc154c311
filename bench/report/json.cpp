#include "report/json.hpp"

#include <nlohmann/json.hpp>

namespace alpaca::broker::bench {
namespace {

using Json = nlohmann::ordered_json;

Json of(const Spread& spread) { return {{"median", spread.median}, {"low", spread.low}, {"high", spread.high}}; }

Json of(const std::optional<Spread>& spread) { return spread ? of(*spread) : Json(nullptr); }

Json of(const Machine& machine) {
  return {{"processor", machine.processor}, {"cores", machine.cores},       {"kernel", machine.kernel},
          {"system", machine.system},       {"compiler", machine.compiler}, {"curl", machine.curl},
          {"openssl", machine.openssl},     {"nginx", machine.nginx},       {"boost", machine.boost},
          {"httplib", machine.httplib},     {"sdk", machine.sdk},           {"load_before", machine.loadBefore}};
}

Json of(const Line& line) {
  return {{"client", line.client},
          {"calls", line.calls},
          {"p50_us", line.p50},
          {"p99_us", line.p99},
          {"max_us", line.max},
          {"per_second", line.perSecond},
          {"cpu_us_per_call", line.cpu},
          {"to_limit", of(line.toLimit)},
          {"to_leanest", of(line.toLeanest)},
          {"to_plain", of(line.toPlain)},
          {"round_trips", of(line.toBusyLimit)},
          {"repeated", line.repeated ? Json(*line.repeated) : Json(nullptr)}};
}

Json of(const Row& row) {
  Json lines = Json::array();
  for (const Line& line : row.lines) lines.push_back(of(line));
  return {{"situation", row.situation},
          {"link", row.link},
          {"batch", row.batch},
          {"connections", row.connections},
          {"lines", lines}};
}

Json of(const Contention& one) {
  return {{"link", one.link},
          {"threads", one.threads},
          {"connections", one.connections},
          {"calls", one.calls},
          {"seconds", one.seconds},
          {"cpu_us_per_call", one.cpu},
          {"p50_us", one.p50},
          {"p99_us", one.p99},
          {"max_us", one.max},
          {"worst_thread_p50_us", one.worstThreadP50},
          {"worst_thread_p99_us", one.worstThreadP99},
          {"fewest_calls_of_a_thread", one.fewest},
          {"most_calls_of_a_thread", one.most}};
}

Json of(const Openings& one) {
  return {{"connections", one.connections},    {"authorities_cpu_ms", one.authorities},
          {"handshake_cpu_ms", one.handshake}, {"sdk_cpu_ms", one.sdk},
          {"leanest_cpu_ms", one.leanest},     {"sdk_wall_ms", one.sdkWall},
          {"to_bound", of(one.toBound)}};
}

Json of(const Submit& one) {
  return {{"load", one.load},  {"what", one.what},  {"submits", one.submits},         {"p50_us", one.p50},
          {"p99_us", one.p99}, {"max_us", one.max}, {"p50_to_limit", one.p50ToLimit}, {"p99_to_limit", one.p99ToLimit}};
}

Json of(const Memory& memory) {
  return {{"calls", memory.calls},
          {"resident_bytes", memory.residentBytes},
          {"connections", memory.connections},
          {"sdk_bytes_per_connection", memory.sdkPerConnection},
          {"multi_handle_bytes_per_connection", memory.multiPerConnection},
          {"easy_handle_bytes_per_connection", memory.handlePerConnection}};
}

Json of(const Target& target) {
  return {{"target", target.number}, {"what", target.what},         {"figure", target.figure}, {"bound", target.bound},
          {"unit", target.unit},     {"measured", target.measured}, {"met", target.isMet()}};
}

template <class Item>
Json each(const std::vector<Item>& items) {
  Json list = Json::array();
  for (const Item& item : items) list.push_back(of(item));
  return list;
}

}  // namespace

std::string jsonOf(const Results& results, const std::vector<Target>& targets) {
  const Json all{{"started", results.started},
                 {"mode", results.mode},
                 {"seconds", results.seconds},
                 {"machine", of(results.machine)},
                 {"delayed_line",
                  {{"wanted_ms", results.delay.wanted}, {"p50_ms", results.delay.p50}, {"p99_ms", results.delay.p99}}},
                 {"targets", each(targets)},
                 {"rows", each(results.rows)},
                 {"contention", each(results.contentions)},
                 {"openings", of(results.openings)},
                 {"submits", each(results.submits)},
                 {"memory", of(results.memory)}};
  return all.dump(1) + "\n";
}

}  // namespace alpaca::broker::bench
