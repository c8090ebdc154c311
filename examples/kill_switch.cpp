// Cancels all orders in the given accounts:
//   kill_switch [--url URL] [--side buy|sell] [--symbol SYMBOL]... [--prefix TEXT] [--submitted-before TIME]
//               [--deadline SECONDS] [--dry-run] [--yes] ACCOUNT_ID...
// Asks for confirmation unless --yes is given; --dry-run lists what it would cancel. --side, --symbol, --prefix (of the
// client order id) and --submitted-before (2026-03-16T14:38:00-04:00) narrow it down. Ctrl-C or a closed terminal stops
// it, and it reports what is known. Exit status: 0 no selected order is alive; 1 some are or may be alive (after a dry
// run: would be canceled); 2 usage, bad input or not confirmed; 6 as 0, but the output cannot be written. Takes
// ALPACA_BROKER_API_KEY and ALPACA_BROKER_API_SECRET from the environment; uses the sandbox without --url.
#include "program.hpp"
#include "progress_bar.hpp"
#include "whole_number.hpp"

#include <alpaca/broker.hpp>

#include <getopt.h>

#include <array>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace broker = alpaca::broker;
using broker::printable;

namespace {

struct Arguments {
  std::vector<broker::AccountId> accounts;
  broker::ClientOptions client;
  broker::KillSwitchOptions kill;
  bool confirmed = false;
};

broker::OrderSide side(const std::string& word) {
  if (word == "buy") return broker::OrderSide::Buy;
  if (word == "sell") return broker::OrderSide::Sell;
  throw std::invalid_argument("the side is buy or sell");
}

Arguments parse(int argc, char** argv) {
  Arguments arguments;
  const std::array<option, 9> options{{{"url", required_argument, nullptr, 'u'},
                                       {"side", required_argument, nullptr, 's'},
                                       {"symbol", required_argument, nullptr, 'y'},
                                       {"prefix", required_argument, nullptr, 'p'},
                                       {"submitted-before", required_argument, nullptr, 'b'},
                                       {"deadline", required_argument, nullptr, 'd'},
                                       {"dry-run", no_argument, nullptr, 'n'},
                                       {"yes", no_argument, nullptr, 'c'},
                                       {nullptr, 0, nullptr, 0}}};
  std::vector<std::string> symbols;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): there are no other threads yet
  for (int option = 0; (option = getopt_long(argc, argv, "", options.data(), nullptr)) != -1;) {
    if (option == 'u') arguments.client.baseUrl = optarg;
    if (option == 's') arguments.kill.side = side(optarg);
    if (option == 'y') symbols.emplace_back(optarg);
    if (option == 'p') arguments.kill.clientOrderIdPrefix = optarg;
    if (option == 'b') arguments.kill.submittedBefore = broker::parseUtcTime(optarg).value();
    if (option == 'd') arguments.kill.call.deadline = std::chrono::seconds(wholeNumber(optarg));
    if (option == 'n') arguments.kill.dryRun = true;
    if (option == 'c') arguments.confirmed = true;
    if (option == '?') throw std::invalid_argument("unknown option");
  }
  if (!symbols.empty()) arguments.kill.symbols = symbols;
  for (int i = optind; i < argc; ++i) arguments.accounts.push_back(broker::AccountId::parse(argv[i]).value());
  if (arguments.accounts.empty()) throw std::invalid_argument("name the accounts: there is no way to say all");
  return arguments;
}

bool isFiltered(const broker::KillSwitchOptions& options) {
  return options.side || options.symbols || options.clientOrderIdPrefix || options.submittedBefore;
}

bool confirm(const Arguments& arguments) {
  if (arguments.confirmed || arguments.kill.dryRun) return true;
  std::cout << "This cancels " << (isFiltered(arguments.kill) ? "the chosen" : "ALL") << " open orders of "
            << arguments.accounts.size() << " account(s) at " << arguments.client.baseUrl
            << ".\nType yes to go on: " << std::flush;
  std::string answer;
  return std::getline(std::cin, answer) && answer == "yes";
}

void list(std::ostream& out, const char* title, const std::vector<broker::Order>& orders) {
  for (const broker::Order& order : orders) {
    out << "  " << title << ' ' << order.id.str() << ' ' << printable(order.side.str()) << ' '
        << printable(order.symbol) << ", filled " << printable(order.filledQty.str()) << '\n';
  }
}

void print(std::ostream& out, const broker::AccountReport& kill, bool dryRun) {
  out << kill.accountId.str() << ": " << kill.canceled.size() << " canceled, " << kill.filled.size()
      << " filled meanwhile, " << kill.expiredOrReplaced.size() << " expired or replaced, " << kill.stillOpen.size()
      << (dryRun ? " would be canceled, " : " still open, ") << kill.unknown.size() << " unknown\n";
  list(out, "filled", kill.filled);
  list(out, "ended", kill.expiredOrReplaced);
  for (const broker::RemainingOrder& open : kill.stillOpen) {
    out << "  open " << open.order.id.str() << ' ' << printable(open.order.side.str()) << ' '
        << printable(open.order.symbol) << ' ' << printable(open.order.status.str())
        << (open.cancelError ? ": " + printable(open.cancelError->message) : "") << '\n';
  }
  for (const broker::UnknownOrder& unknown : kill.unknown) {
    out << "  unknown " << unknown.orderId.str() << (unknown.error ? ": " + printable(unknown.error->message) : "")
        << '\n';
  }
  if (kill.cancelAllError) out << "  cancel of all orders: " << printable(kill.cancelAllError->message) << '\n';
  if (kill.error) out << "  not known to be empty: " << printable(kill.error->message) << '\n';
}

std::string describe(const broker::KillSwitchReport& report, const broker::KillSwitchOptions& options) {
  std::ostringstream out;
  for (const broker::AccountReport& kill : report.accounts) print(out, kill, options.dryRun);
  if (options.dryRun) out << "dry run, nothing was canceled: ";
  const char* const empty = isFiltered(options) ? "none of the chosen orders is open\n" : "no order is open any more\n";
  out << (report.allEmpty() ? empty : "NOT EMPTY, or not known to be\n");
  return out.str();
}

}  // namespace

int main(int argc, char** argv) try {
  beginProgram();
  Arguments arguments = parse(argc, argv);
  if (!confirm(arguments)) {
    std::cerr << "not confirmed, nothing was sent\n";
    return 2;
  }
  const broker::StopOnInterrupt interrupt;
  if (!interrupt.isWatching()) warnOfInterrupts();
  broker::BrokerClient client{broker::Credentials::fromEnvironment(), arguments.client};
  arguments.kill.call.stop = interrupt.token();
  broker::KillSwitchReport report;
  {
    const ProgressBar bar("orders closed");
    arguments.kill.progress = [&](const broker::KillSwitchProgress& progress) {
      bar.show(progress.closed, progress.found);
    };
    report = client.killSwitch(arguments.accounts, arguments.kill).value();
  }
  return finish(report.allEmpty() ? 0 : 1, describe(report, arguments.kill));
} catch (const std::logic_error& failure) {
  std::cerr << failure.what()
            << "\nusage: kill_switch [--url URL] [--side buy|sell] [--symbol SYMBOL]... [--prefix TEXT]\n"
               "                   [--submitted-before TIME] [--deadline SECONDS] [--dry-run] [--yes] ACCOUNT_ID...\n";
  return 2;
} catch (const broker::BrokerError& failure) {  // an unusable account, credential or option
  std::cerr << failure.what() << '\n';
  return 2;
} catch (const std::exception& failure) {  // out of memory, perhaps half-way
  std::cerr << failure.what() << "\nNOT EMPTY, or not known to be\n";
  return 1;
}
