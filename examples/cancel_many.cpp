// Cancels many orders: cancel_many [--url URL] [--account ACCOUNT_ID] [--deadline SECONDS] [--concurrency N] [FILE]
// FILE (or standard input) has an order on each line: ACCOUNT_ID ORDER_ID, or only ORDER_ID with --account. Empty lines
// and lines that begin with # are skipped. Nothing is sent unless the whole list was read, each line is usable and
// there is at least one order. Prints a line for each order that was not accepted, then the counts. Ctrl-C or a closed
// terminal stops it: unsent cancels stay unsent.
// Exit status: 0 all accepted, 1 some were refused or not sent, 2 usage or bad input, 3 some may have been applied:
// look, 6 all accepted, but the output cannot be written. Takes ALPACA_BROKER_API_KEY and ALPACA_BROKER_API_SECRET from
// the environment; uses the sandbox without --url.
#include "order_list.hpp"
#include "program.hpp"
#include "progress_bar.hpp"
#include "whole_number.hpp"

#include <alpaca/broker.hpp>

#include <getopt.h>
#include <unistd.h>

#include <array>
#include <iomanip>
#include <iostream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace broker = alpaca::broker;
using broker::printable;

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
    if (option == 'd') arguments.batch.call.deadline = std::chrono::seconds(wholeNumber(optarg));
    if (option == 'c') arguments.client.maxConnections = wholeNumber(optarg);
    if (option == '?') throw std::invalid_argument("unknown option");
  }
  if (argc - optind > 1) throw std::invalid_argument("give one file at most");
  if (argc > optind) arguments.file = argv[optind];
  return arguments;
}

std::vector<broker::OrderRef> readOrders(const Arguments& arguments) {
  const std::string text =
      arguments.file.empty() ? readWhole(STDIN_FILENO, "the standard input") : readWholeFile(arguments.file);
  return ordersFrom(text, arguments.account);
}

std::string describe(const broker::BatchReport& report, const broker::CallInfo& call) {
  std::ostringstream out;
  for (const broker::BatchEntry& entry : report.entries) {
    if (entry.result) continue;
    out << entry.target.accountId.str() << ' ' << entry.target.orderId.str() << ' '
        << toString(entry.result.error().kind) << (entry.result.error().maybeApplied ? " (maybe applied)" : "") << ": "
        << printable(entry.result.error().message) << '\n';
  }
  const broker::BatchCounts counts = report.counts();
  const auto row = [&out](const char* what, std::size_t count) {
    out << std::left << std::setw(15) << what << std::right << std::setw(8) << count << '\n';
  };
  row("accepted", counts.accepted);
  row("refused", counts.refused);
  row("not sent", counts.notSent);
  row("maybe applied", counts.maybeApplied);
  row("orders", counts.total());
  out << "took " << std::chrono::duration_cast<std::chrono::milliseconds>(call.elapsed).count() << " ms\n";
  return out.str();
}

int exitStatus(const broker::BatchReport& report) {
  if (report.counts().maybeApplied > 0) return 3;
  return report.allAccepted() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) try {
  beginProgram();
  Arguments arguments = parse(argc, argv);
  const std::vector<broker::OrderRef> orders = readOrders(arguments);
  const broker::StopOnInterrupt interrupt;
  if (!interrupt.isWatching()) warnOfInterrupts();
  broker::BrokerClient client{broker::Credentials::fromEnvironment(), arguments.client};
  arguments.batch.call.stop = interrupt.token();
  const auto report = [&] {
    const ProgressBar bar("canceling");
    arguments.batch.progress = [&](const broker::BatchProgress& progress) { bar.show(progress.done, progress.total); };
    return client.cancelOrders(orders, arguments.batch);
  }();
  return finish(exitStatus(report.value()), describe(*report, report.call()));
} catch (const std::logic_error& failure) {
  std::cerr
      << failure.what()
      << "\nusage: cancel_many [--url URL] [--account ACCOUNT_ID] [--deadline SECONDS] [--concurrency N] [FILE]\n";
  return 2;
} catch (const UnusableInput& failure) {
  std::cerr << printable(failure.what()) << '\n';
  return 2;
} catch (const broker::BrokerError& failure) {  // an unusable account, credential or option
  std::cerr << failure.what() << '\n';
  return 2;
} catch (const std::exception& failure) {  // out of memory, perhaps after something was sent
  std::cerr << failure.what() << "\nsome orders may have been canceled\n";
  return 3;
}
