// Cancels many orders: cancel_many [--url URL] [--account ACCOUNT_ID] [--deadline SECONDS] [--concurrency N] [FILE]
// FILE (or standard input) has an order on each line: ACCOUNT_ID ORDER_ID, or only ORDER_ID with --account. Empty lines
// and those that begin with # are skipped; one line that cannot be used, and nothing is sent at all.
// Prints a line for each order that was not accepted, then the counts. Ctrl-C stops it: what is not sent stays unsent.
// Exit status: 0 all accepted, 1 some were refused or not sent, 2 usage or bad input, 3 some may have been applied:
// look. Takes ALPACA_BROKER_API_KEY and ALPACA_BROKER_API_SECRET from the environment; goes to the sandbox without
// --url.
#include "progress_bar.hpp"
#include "stop_on_interrupt.hpp"
#include "whole_number.hpp"

#include <alpaca/broker.hpp>

#include <getopt.h>

#include <array>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace broker = alpaca::broker;

namespace {

struct Arguments {
  std::string file;
  std::optional<broker::AccountId> account;
  broker::ClientOptions client;
  broker::BatchOptions batch;
};

Arguments parse(int argc, char** argv) {
  Arguments arguments;
  const std::array<option, 5> options{{{"url", required_argument, nullptr, 'u'},
                                       {"account", required_argument, nullptr, 'a'},
                                       {"deadline", required_argument, nullptr, 'd'},
                                       {"concurrency", required_argument, nullptr, 'c'},
                                       {nullptr, 0, nullptr, 0}}};
  // NOLINTNEXTLINE(concurrency-mt-unsafe): there are no other threads yet
  for (int option = 0; (option = getopt_long(argc, argv, "", options.data(), nullptr)) != -1;) {
    if (option == 'u') arguments.client.baseUrl = optarg;
    if (option == 'a') arguments.account = broker::AccountId::parse(optarg).value();
    if (option == 'd') arguments.batch.deadline = std::chrono::seconds(wholeNumber(optarg));
    if (option == 'c') arguments.client.maxConnections = wholeNumber(optarg);
    if (option == '?') throw std::invalid_argument("unknown option");
  }
  if (argc - optind > 1) throw std::invalid_argument("give one file at most");
  if (argc > optind) arguments.file = argv[optind];
  return arguments;
}

broker::OrderRef parseLine(const std::string& line, const std::optional<broker::AccountId>& account) {
  std::istringstream words(line);
  std::string first;
  std::string second;
  std::string more;
  words >> first >> second >> more;
  if (!more.empty() || second.empty() != account.has_value()) {
    throw std::invalid_argument(account ? "an order's id is wanted" : "an account's id and an order's id are wanted");
  }
  if (account) return {*account, broker::OrderId::parse(first).value()};
  return {broker::AccountId::parse(first).value(), broker::OrderId::parse(second).value()};
}

std::vector<broker::OrderRef> read(std::istream& input, const std::optional<broker::AccountId>& account) {
  std::vector<broker::OrderRef> orders;
  std::size_t number = 0;
  for (std::string line; std::getline(input, line);) {
    ++number;
    const auto begin = line.find_first_not_of(" \t\r");
    if (begin == std::string::npos || line[begin] == '#') continue;
    try {
      orders.push_back(parseLine(line, account));
    } catch (const std::exception& failure) {
      throw std::runtime_error("line " + std::to_string(number) + ": " + failure.what() + "; nothing was sent");
    }
  }
  return orders;
}

std::vector<broker::OrderRef> readOrders(const Arguments& arguments) {
  if (arguments.file.empty()) return read(std::cin, arguments.account);
  std::ifstream file(arguments.file);
  if (!file) throw std::runtime_error(arguments.file + " cannot be read");
  return read(file, arguments.account);
}

void print(const broker::BatchReport& report) {
  for (const broker::BatchEntry& entry : report.entries) {
    if (entry.result) continue;
    std::cout << entry.target.account.str() << ' ' << entry.target.order.str() << ' '
              << toString(entry.result.error().kind) << (entry.result.error().maybeApplied ? " (maybe applied)" : "")
              << ": " << entry.result.error().message << '\n';
  }
  const broker::BatchCounts counts = report.counts();
  const auto row = [](const char* what, std::size_t count) {
    std::cout << std::left << std::setw(15) << what << std::right << std::setw(8) << count << '\n';
  };
  row("accepted", counts.accepted);
  row("refused", counts.refused);
  row("not sent", counts.notSent);
  row("maybe applied", counts.maybeApplied);
  row("orders", counts.total());
  std::cout << "took " << std::chrono::duration_cast<std::chrono::milliseconds>(report.elapsed).count() << " ms\n";
}

}  // namespace

int main(int argc, char** argv) try {
  Arguments arguments = parse(argc, argv);
  const std::vector<broker::OrderRef> orders = readOrders(arguments);
  const StopOnInterrupt interrupt;
  broker::BrokerClient client{broker::Credentials::fromEnvironment(), arguments.client};
  broker::BatchReport report;
  {
    const ProgressBar bar("canceling");
    arguments.batch.stop = interrupt.token();
    arguments.batch.progress = [&](const broker::BatchProgress& progress) { bar.show(progress.done, progress.total); };
    report = client.cancelOrders(orders, arguments.batch);
  }
  print(report);
  if (report.counts().maybeApplied > 0) return 3;
  return report.allAccepted() ? 0 : 1;
} catch (const std::logic_error& failure) {
  std::cerr
      << failure.what()
      << "\nusage: cancel_many [--url URL] [--account ACCOUNT_ID] [--deadline SECONDS] [--concurrency N] [FILE]\n";
  return 2;
} catch (const std::exception& failure) {
  std::cerr << failure.what() << '\n';
  return 2;
}
