// What a trading app does with each outcome of a cancel: handle_every_outcome ACCOUNT_ID ORDER_ID [--url URL]
// Exit status: 0 accepted, 1 the order was not canceled, 2 usage or bad input, 3 unknown: look at the order, 6
// accepted, but the output cannot be written.
#include "program.hpp"

#include <alpaca/broker.hpp>

#include <iostream>
#include <sstream>
#include <string_view>

namespace broker = alpaca::broker;
using broker::printable;

namespace {

enum class Next { Done, StillOpen, ReadOrder, FixInput, TryAgain };

// The whole decision. Doubt comes first: it matters more than the reason for it.
Next next(const broker::Error& error) {
  if (error.maybeApplied) return Next::ReadOrder;  // sent, and perhaps canceled: never re-submit before looking
  switch (error.kind) {
    case broker::ErrorKind::NotCancelable:  // final, or a cancel or replacement is pending: its status says which
    case broker::ErrorKind::InDoubt:        // (always maybeApplied)
      return Next::ReadOrder;
    case broker::ErrorKind::NotSent:      // the broker never saw it
    case broker::ErrorKind::RateLimited:  // refused before it was looked at; error.retryAfter says how long to wait
    case broker::ErrorKind::ServerError:  // 408 and 425 only: the others may have been applied
      return Next::TryAgain;
    case broker::ErrorKind::NotFound:      // a wrong id, or the other environment
    case broker::ErrorKind::Unauthorized:  // wrong key or secret
    case broker::ErrorKind::Forbidden:     // these credentials may not do this
    case broker::ErrorKind::BadRequest:
    case broker::ErrorKind::InvalidArgument:
      return Next::FixInput;
    case broker::ErrorKind::Aborted:             // our own client was shut down
    case broker::ErrorKind::UnexpectedResponse:  // a refusal that this call is not known to have
      return Next::StillOpen;
  }
  return Next::ReadOrder;  // a kind that a later version added
}

std::string_view words(Next next) {
  switch (next) {
    case Next::Done:
      return "accepted; the order may still fill before the cancel takes effect";
    case Next::StillOpen:
      return "not canceled";
    case Next::ReadOrder:
      return "read the order before acting on it again";
    case Next::FixInput:
      return "not canceled; the call must be corrected first";
    case Next::TryAgain:
      return "not canceled; safe to try again";
  }
  return "";
}

int exitStatus(Next next) {
  switch (next) {
    case Next::Done:
      return 0;
    case Next::ReadOrder:
      return 3;
    case Next::FixInput:
      return 2;
    default:
      return 1;
  }
}

void describe(std::ostream& out, const broker::Error& error) {
  out << "kind         " << toString(error.kind) << '\n';
  if (error.httpStatus) out << "status       " << *error.httpStatus << '\n';
  if (error.brokerCode) out << "broker code  " << *error.brokerCode << '\n';
  if (error.retryAfter) out << "retry after  " << error.retryAfter->count() << " ms\n";
  out << "message      " << printable(error.message) << '\n';
}

void describe(std::ostream& out, const broker::CallInfo& call) {
  using std::chrono::duration_cast;
  out << "request id   " << (call.requestId.empty() ? "-" : printable(call.requestId)) << '\n'
      << "sent         " << call.sends << " time(s)\n"
      << "elapsed      " << duration_cast<std::chrono::microseconds>(call.elapsed).count() << " us\n";
  if (call.rateLimit) {
    out << "rate limit   " << call.rateLimit->remaining << " of " << call.rateLimit->limit << " left\n";
  }
}

}  // namespace

int main(int argc, char** argv) try {
  beginProgram();
  if (argc != 3 && argc != 5) {
    std::cerr << "usage: handle_every_outcome ACCOUNT_ID ORDER_ID [--url URL]\n";
    return 2;
  }
  broker::ClientOptions options;
  options.deadline = std::chrono::seconds(3);
  if (argc == 5) options.baseUrl = argv[4];
  broker::BrokerClient client{broker::Credentials::fromEnvironment(), options};
  const auto account = broker::AccountId::parse(argv[1]).value();
  const auto order = broker::OrderId::parse(argv[2]).value();

  const auto result = client.cancelOrder(account, order);
  const Next todo = result ? Next::Done : next(result.error());
  std::ostringstream report;
  report << "outcome      " << words(todo) << '\n';
  if (!result) describe(report, result.error());
  describe(report, result ? result.call() : result.error().call);
  return finish(exitStatus(todo), report.str());
} catch (const broker::BrokerError& failure) {  // unusable credentials, options or ids
  std::cerr << failure.what() << '\n';
  return 2;
}
