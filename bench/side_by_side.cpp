// Measures this SDK beside other C++ clients, in one run and against one server, and prints all times as JSON. `run.py`
// starts it and makes the report:
//   side_by_side --quick|--default|--full CA_FILE LOOPBACK DELAYED DELAYED_SHORT_IDLE DELAYED_CLOSING
// The last four are ports.
#include "rows/rows.hpp"

#include <alpaca/broker/version.hpp>

#include <curl/curl.h>
#include <httplib.h>
#include <openssl/crypto.h>
#include <sys/resource.h>
#include <boost/version.hpp>

#include <csignal>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace alpaca::broker::bench {

Orders ordersOf(std::size_t count) {
  Orders orders;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    orders.push_back("61e69015-8549-4bfd-b9c3-" + std::string(12 - number.size(), '0') + number);
  }
  return orders;
}

namespace {

constexpr const char* kDelayed = "20 ms RTT";

// How much is measured.
struct Plan {
  Rounds warmLoopback{60, 200};
  Rounds warmDelayed{10, 20};
  Rounds cold{20, 2};
  int afterIdle = 15;
  int openings = 15;
  std::size_t memoryCalls = 200'000;
  std::vector<BatchRounds> batches{{1, 1}, {8, 2}, {32, 7}, {100, 7}};
};

Plan planFor(const std::string& mode) {
  if (mode == "--quick") return {{20, 100}, {3, 10}, {3, 1}, 3, 3, 20'000, {{8, 1}, {32, 3}, {100, 2}}};
  if (mode == "--full") return {{60, 200}, {10, 20}, {20, 2}, 30, 30, 1'000'000, {{1, 2}, {8, 5}, {32, 11}, {100, 11}}};
  if (mode == "--default") return {};
  throw std::runtime_error("there is no mode " + mode);
}

Json versions() {
  const std::string curl = curl_version();
  return {
#ifdef __clang__
      {"compiler", "clang " __clang_version__},
#else
      {"compiler", "g++ " __VERSION__},
#endif
      {"curl", curl.substr(0, curl.find(' '))},
      {"openssl", std::string("OpenSSL/") + OpenSSL_version(OPENSSL_VERSION_STRING)},
      {"boost", std::to_string(BOOST_VERSION / 100000) + "." + std::to_string(BOOST_VERSION / 100 % 1000)},
      {"httplib", CPPHTTPLIB_VERSION},
      {"sdk", kVersion}};
}

Json measure(const Plan& plan, const Sites& sites) {
  const double start = nowMicros();
  const auto say = [&](const std::string& what) {
    std::cerr << "  " << static_cast<int>(microsSince(start) / 1e6) << " s: " << what << '\n';
  };
  Json results{{"machine", versions()}};
  say("memory");
  results["memory"] = measureMemory(sites, plan.memoryCalls);
  Json rows;
  const auto add = [&](const std::string& situation, const char* link, const Json& clients) {
    rows.push_back({{"situation", situation}, {"link", link}, {"clients", clients}});
  };
  say("warm cancels");
  add("warm cancel, 204", "loopback", measureSingleCalls(sites.loopback, plan.warmLoopback));
  add("warm cancel, 204", kDelayed, measureSingleCalls(sites.delayed, plan.warmDelayed));
  say("cold cancels");
  add("cold cancel, 204", kDelayed, measureSingleCalls(sites.delayedClosing, plan.cold));
  say("cancels after a pause");
  add("after idle, 204", kDelayed, measureAfterIdle(sites, plan.afterIdle));
  say("many cold connections at once");
  results["openings"] = measureOpenings(sites, plan.openings);
  say("asynchronous submits");
  results["submits"] = measureSubmits(sites);
  for (const BatchRounds& batch : plan.batches) {
    const std::string count =
        std::to_string(batch.connections) + (batch.connections == 1 ? " connection" : " connections");
    say("1000 cancels, " + count);
    add("1000 cancels, " + count, kDelayed, measureBatch(sites, batch));
    rows.back()["connections"] = batch.connections;
  }
  results["rows"] = rows;
  results["seconds"] = microsSince(start) / 1e6;
  say("done");
  return results;
}

int run(const std::vector<std::string>& arguments) {
  if (arguments.size() != 6) {
    std::cerr << "usage: side_by_side --quick|--default|--full CA_FILE LOOPBACK DELAYED DELAYED_SHORT_IDLE"
                 " DELAYED_CLOSING\n";
    return 2;
  }
  rlimit limit{};  // hundreds of connections are open at once
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  std::signal(SIGPIPE, SIG_IGN);  // some clients write to closed connections
  curl_global_init(CURL_GLOBAL_DEFAULT);
  const auto site = [&](std::size_t port) { return Site{arguments[port], arguments[1]}; };
  std::cout << measure(planFor(arguments[0]), {site(2), site(3), site(4), site(5)}) << '\n';
  return 0;
}

}  // namespace
}  // namespace alpaca::broker::bench

int main(int count, char** arguments) try {
  return alpaca::broker::bench::run({arguments + 1, arguments + count});
} catch (const std::exception& failure) {
  std::cerr << "side_by_side: the run is void: " << failure.what() << '\n';
  return 1;
}
