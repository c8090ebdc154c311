// Opens connections before the market opens, and reports whether everything is ready:
//   warm_up [--url URL] [--connections N]
// A trading app does the same on the client that it will cancel with. This program checks in advance: route,
// credentials, clock. Exit status: 0 all connections are warm, 1 the broker answers, but fewer are warm, 2 usage, or
// nothing works, 6 all are warm, but the output cannot be written. Takes ALPACA_BROKER_API_KEY and
// ALPACA_BROKER_API_SECRET from the environment; uses the sandbox without --url.
#include "program.hpp"
#include "whole_number.hpp"

#include <alpaca/broker.hpp>

#include <getopt.h>

#include <array>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace broker = alpaca::broker;
using broker::printable;

namespace {

struct Arguments {
  broker::ClientOptions client;
  int connections = 4;
};

Arguments parse(int argc, char** argv) {
  Arguments arguments;
  const std::array<option, 3> options{{{"url", required_argument, nullptr, 'u'},
                                       {"connections", required_argument, nullptr, 'c'},
                                       {nullptr, 0, nullptr, 0}}};
  // NOLINTNEXTLINE(concurrency-mt-unsafe): there are no other threads yet
  for (int option = 0; (option = getopt_long(argc, argv, "", options.data(), nullptr)) != -1;) {
    if (option == 'u') arguments.client.baseUrl = optarg;
    if (option == 'c') arguments.connections = wholeNumber(optarg);
    if (option == '?') throw std::invalid_argument("unknown option");
  }
  if (argc != optind) throw std::invalid_argument("nothing but options is taken");
  return arguments;
}

std::string describe(const broker::WarmUpReport& report, const broker::CallInfo& call) {
  std::ostringstream out;
  out << report.warm << " of " << report.requested << " connections are warm, after "
      << std::chrono::duration_cast<std::chrono::milliseconds>(call.elapsed).count() << " ms\n";
  for (const broker::Error& failure : report.failures) {
    out << "  " << toString(failure.kind) << ": " << printable(failure.message) << '\n';
  }
  if (!report.clock) return out.str();
  out << "the market is " << (report.clock->isOpen ? "open until " : "closed until ")
      << printable((report.clock->isOpen ? report.clock->nextClose : report.clock->nextOpen).text) << '\n';
  return out.str();
}

}  // namespace

int main(int argc, char** argv) try {
  beginProgram();
  const Arguments arguments = parse(argc, argv);
  broker::BrokerClient client{broker::Credentials::fromEnvironment(), arguments.client};
  const auto result = client.warmUp(arguments.connections);
  return finish(result.value().allWarm() ? 0 : 1, describe(*result, result.call()));
} catch (const broker::BrokerError& failure) {
  std::cerr << toString(failure.error().kind) << ": " << printable(failure.what()) << '\n';
  return 2;
} catch (const std::exception& failure) {
  std::cerr << failure.what() << "\nusage: warm_up [--url URL] [--connections N]\n";
  return 2;
}
