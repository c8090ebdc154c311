// Cancels one order, with a key that may be replaced while the app runs:
//   rotating_credentials ACCOUNT_ID ORDER_ID [--url URL] [--fd NUMBER] [--file PATH]
// Reads the key and the secret, a line each, from an inherited descriptor if one is given, else from the file. The
// descriptor is given as `--fd 3 3<secrets`, or by a service manager. Whenever the broker refuses the credentials, and
// every five minutes, it reads the file again; secret managers mount such files. Arguments and the environment, which
// others can see, never hold them.
// Exit status: 0 accepted, 1 not canceled, or unusable input, 2 usage, 3 it may be canceled: look at the order, 6
// accepted, but the output cannot be written.
#include "program.hpp"
#include "secret_lines.hpp"
#include "whole_number.hpp"

#include <alpaca/broker.hpp>

#include <getopt.h>

#include <array>
#include <chrono>
#include <exception>
#include <iostream>
#include <optional>
#include <string>

namespace broker = alpaca::broker;
using broker::printable;

namespace {

struct Arguments {
  std::string account;
  std::string order;
  std::string url = broker::kSandboxUrl;
  std::optional<int> descriptor;
  std::string file;
};

std::optional<Arguments> parse(int argc, char** argv) {
  Arguments arguments;
  const std::array<option, 4> options{{{"url", required_argument, nullptr, 'u'},
                                       {"fd", required_argument, nullptr, 'd'},
                                       {"file", required_argument, nullptr, 'f'},
                                       {nullptr, 0, nullptr, 0}}};
  // NOLINTNEXTLINE(concurrency-mt-unsafe): there are no other threads yet
  for (int option = 0; (option = getopt_long(argc, argv, "", options.data(), nullptr)) != -1;) {
    if (option == 'u') arguments.url = optarg;
    if (option == 'd') arguments.descriptor = wholeNumber(optarg);
    if (option == 'f') arguments.file = optarg;
    if (option == '?') return std::nullopt;
  }
  if (argc - optind != 2 || (!arguments.descriptor && arguments.file.empty())) return std::nullopt;
  arguments.account = argv[optind];
  arguments.order = argv[optind + 1];
  return arguments;
}

broker::BrokerClient clientFor(const Arguments& arguments) {
  broker::ClientOptions options;
  options.baseUrl = arguments.url;
  if (!arguments.file.empty()) {
    options.rotation.provider = [file = arguments.file] { return credentialsIn(file); };
    options.rotation.interval = std::chrono::minutes(5);
  }
  const auto first = arguments.descriptor ? credentialsFrom(*arguments.descriptor) : credentialsIn(arguments.file);
  return broker::BrokerClient{first, options};
}

}  // namespace

int main(int argc, char** argv) try {
  beginProgram();
  const auto arguments = parse(argc, argv);
  if (!arguments) {
    std::cerr << "usage: rotating_credentials ACCOUNT_ID ORDER_ID [--url URL] [--fd NUMBER] [--file PATH]\n";
    return 2;
  }
  const auto account = broker::AccountId::parse(arguments->account).value();
  const auto order = broker::OrderId::parse(arguments->order).value();
  broker::BrokerClient client = clientFor(*arguments);
  const auto result = client.cancelOrder(account, order);
  result.value();  // throws BrokerError unless the cancel was accepted
  return finish(0, "cancel accepted, attempts " + std::to_string(result.call().attempts) + ", request id " +
                       printable(result.call().requestId) + '\n');
} catch (const broker::BrokerError& failure) {
  std::cerr << toString(failure.error().kind) << ": " << printable(failure.what()) << '\n';
  return failure.error().maybeApplied ? 3 : 1;
} catch (const std::exception& failure) {
  std::cerr << failure.what() << '\n';
  return 1;
}
