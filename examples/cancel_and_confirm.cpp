// Cancels one order and waits until its final state is known:
//   cancel_and_confirm ACCOUNT_ID ORDER_ID [--url URL] [--deadline SECONDS]
// Exit status: 0 canceled, 1 not canceled, 2 usage or bad input, 3 unknown: look at the order, 4 it ended in another
// way, 5 the cancel is accepted but has not taken effect yet, 6 canceled, but the output cannot be written. Ctrl-C or a
// closed terminal stops it, and it reports what is known. Takes ALPACA_BROKER_API_KEY and ALPACA_BROKER_API_SECRET from
// the environment; uses the sandbox without --url.
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
  std::string account;
  std::string order;
  broker::ClientOptions client;
  broker::ConfirmOptions confirm;
};

Arguments parse(int argc, char** argv) {
  Arguments arguments;
  const std::array<option, 3> options{{{"url", required_argument, nullptr, 'u'},
                                       {"deadline", required_argument, nullptr, 'd'},
                                       {nullptr, 0, nullptr, 0}}};
  // NOLINTNEXTLINE(concurrency-mt-unsafe): there are no other threads yet
  for (int option = 0; (option = getopt_long(argc, argv, "", options.data(), nullptr)) != -1;) {
    if (option == 'u') arguments.client.baseUrl = optarg;
    if (option == 'd') arguments.confirm.call.deadline = std::chrono::seconds(wholeNumber(optarg));
    if (option == '?') throw std::invalid_argument("unknown option");
  }
  if (argc - optind != 2) throw std::invalid_argument("give an account and an order");
  arguments.account = argv[optind];
  arguments.order = argv[optind + 1];
  return arguments;
}

std::string describe(const broker::CancelConfirmation& confirmation, const broker::CallInfo& call) {
  std::ostringstream out;
  out << "outcome      " << toString(confirmation.outcome);
  if (confirmation.pendingReason) out << ": " << toString(*confirmation.pendingReason);
  out << '\n'
      << "cancel       " << (confirmation.cancelAccepted ? "accepted" : printable(confirmation.cancelError->message))
      << '\n';
  if (confirmation.order) {
    const broker::Order& order = *confirmation.order;
    out << "status       " << printable(order.status.str()) << '\n'
        << "filled       " << printable(order.filledQty.str() + (order.qty ? " of " + order.qty->str() : "")) << '\n';
    if (order.replacedBy) out << "replaced by  " << order.replacedBy->str() << ": that one is not canceled\n";
  }
  if (confirmation.readError) out << "last read    " << printable(confirmation.readError->message) << '\n';
  out << "request id   " << printable(call.requestId) << '\n';
  return out.str();
}

std::string describe(const broker::Error& error) {
  std::ostringstream out;
  out << "outcome      " << (error.maybeApplied ? "unknown" : "not canceled, as far as is known") << '\n'
      << toString(error.kind) << ": " << printable(error.message) << '\n';
  return out.str();
}

int exitStatus(broker::CancelOutcome outcome) {
  switch (outcome) {
    case broker::CancelOutcome::Canceled:
      return 0;
    case broker::CancelOutcome::Pending:
      return 5;
    default:
      return 4;
  }
}

}  // namespace

int main(int argc, char** argv) try {
  beginProgram();
  Arguments arguments = parse(argc, argv);
  const auto account = broker::AccountId::parse(arguments.account).value();
  const auto order = broker::OrderId::parse(arguments.order).value();
  const broker::StopOnInterrupt interrupt;
  if (!interrupt.isWatching()) warnOfInterrupts();
  arguments.confirm.call.stop = interrupt.token();
  broker::BrokerClient client{broker::Credentials::fromEnvironment(), arguments.client};

  const auto result = client.cancelOrderAndConfirm(account, order, arguments.confirm);
  if (result) return finish(exitStatus(result->outcome), describe(*result, result.call()));
  return finish(result.error().maybeApplied ? 3 : 1, describe(result.error()));
} catch (const broker::BrokerError& failure) {
  std::cerr << failure.what() << '\n';
  return 2;
} catch (const std::logic_error& failure) {
  std::cerr << failure.what() << "\nusage: cancel_and_confirm ACCOUNT_ID ORDER_ID [--url URL] [--deadline SECONDS]\n";
  return 2;
}
