// This SDK beside the other ways to cancel an order from C++, in one run, against one server:
//   side_by_side [--quick|--full] DELAY_PROXY FOLDER
// Prints the report, and writes it into the folder: table.md for people, results.json for programs, *.dat for the
// plots.
#include "report/json.hpp"
#include "report/machine.hpp"
#include "report/plot_data.hpp"
#include "report/table.hpp"
#include "report/targets.hpp"
#include "report/text.hpp"
#include "rows/rows.hpp"

#include <curl/curl.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace alpaca::broker::bench {
namespace {

// On the channel that is not the report's, with the seconds since the first word.
void say(const std::string& what) {
  static const double kStart = nowMicros();
  std::cerr << "  " << fixed(microsSince(kStart) / 1e6, 0) << " s: " << what << '\n';
}

// Hundreds of connections are open at once.
void raiseFileLimit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

// Some of the clients would look there for a way around the line.
void forgetProxies() {
  for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
    ::unsetenv(name);  // NOLINT(concurrency-mt-unsafe): nothing else runs yet
  }
}

void append(std::vector<Row>& rows, std::vector<Row> more) {
  for (Row& row : more) rows.push_back(std::move(row));
}

void checkDelay(const Delay& delay) {
  // On a busy machine it is a little longer, for all clients alike, and the report says how much.
  if (delay.p50 < delay.wanted || delay.p50 > delay.wanted * 1.5) {
    throw std::runtime_error("the delayed line takes " + std::to_string(delay.p50) + " ms instead of " +
                             std::to_string(delay.wanted));
  }
}

Results measure(const Plan& plan, const std::string& delayProxy) {
  Results results;
  results.started = timeOfDay();
  results.mode = plan.mode;
  results.machine = thisMachine();
  const double start = nowMicros();
  const Rig rig(delayProxy);
  say("memory");
  results.memory = measureMemory(rig, plan);
  say("the delayed line");
  results.delay = measureDelay(delayProxy);
  checkDelay(results.delay);
  say("warm cancels");
  append(results.rows, measureWarm(rig, plan));
  say("cold cancels");
  append(results.rows, measureCold(rig, plan));
  say("cancels after a pause");
  append(results.rows, measureAfterIdle(rig, plan));
  say("many cold connections at once");
  results.openings = measureOpenings(rig, plan);
  say("asynchronous submits");
  results.submits = measureSubmits(rig);
  say("many threads, few connections");
  results.contentions = measureContention(rig, plan);
  say("many cancels");
  append(results.rows, measureBatches(rig, plan));
  say("done");
  results.seconds = microsSince(start) / 1e6;
  return results;
}

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream stream(path, std::ios::binary);
  stream << text;
  if (!stream.flush()) throw std::runtime_error("cannot write " + path.string());
}

void report(const Results& results, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  const std::vector<Target> targets = targetsOf(results, folder / "counts.json");
  const std::string text = textOf(results, targets);
  std::cout << text;
  write(folder / "table.md", "# The latest run\n\n" + text);
  write(folder / "results.json", jsonOf(results, targets));
  write(folder / "latency.dat", latencyData(results));
  write(folder / "batch.dat", batchData(results));
}

int run(std::vector<std::string> arguments) {
  Plan plan = defaultPlan();
  if (!arguments.empty() && arguments.front() == "--quick") plan = quickPlan();
  if (!arguments.empty() && arguments.front() == "--full") plan = fullPlan();
  if (plan.mode != "default") arguments.erase(arguments.begin());
  if (arguments.size() != 2) {
    std::cerr << "usage: side_by_side [--quick|--full] DELAY_PROXY FOLDER\n";
    return 2;
  }
  raiseFileLimit();
  forgetProxies();
  std::signal(SIGPIPE, SIG_IGN);  // some of the clients write to connections that have ended
  curl_global_init(CURL_GLOBAL_DEFAULT);
  report(measure(plan, arguments[0]), arguments[1]);
  return 0;
}

}  // namespace
}  // namespace alpaca::broker::bench

int main(int count, char** arguments) try {
  return alpaca::broker::bench::run({arguments + 1, arguments + count});
} catch (const std::exception& failure) {
  std::cerr << "side_by_side: the run is worthless and ends here: " << failure.what() << '\n';
  return 1;
}
