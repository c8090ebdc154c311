// Shows the possible outcomes of a cancel, one line for each, and a kill switch that empties a book of 1,000 orders.
// Runs against a mock broker in this process.
#include "program.hpp"
#include "progress_bar.hpp"

#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include <chrono>
#include <exception>
#include <iomanip>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace broker = alpaca::broker;
using broker::testing::MockBroker;

namespace {

broker::AccountId accountId() { return broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value(); }

broker::OrderId orderId(const char* text) { return broker::OrderId::parse(text).value(); }

struct Line {
  std::string what, outcome, status, order, requestId, elapsed;
};

void print(const Line& line) {
  std::cout << std::left << "  " << std::setw(26) << line.what << std::setw(17) << line.outcome << std::setw(8)
            << line.status << std::setw(26) << line.order << std::setw(10) << line.elapsed << line.requestId << '\n';
}

std::string milliseconds(std::chrono::nanoseconds time) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(2) << std::chrono::duration<double, std::milli>(time).count() << " ms";
  return text.str();
}

// The order's status, or nothing when the broker does not know it.
std::string statusOf(const MockBroker& mock, const broker::OrderId& order) try {
  return mock.orderStatus(accountId(), order);
} catch (const std::out_of_range&) {
  return {};
}

// One case: cancels the order, and shows the result beside the order's status at the broker.
std::string show(const std::string& what, broker::BrokerClient& client, MockBroker& mock,
                 const broker::OrderId& order) {
  const std::string before = statusOf(mock, order);
  const auto result = client.cancelOrder(accountId(), order);
  const broker::CallInfo& call = result ? result.call() : result.error().call;
  const auto status = result ? 204 : result.error().httpStatus.value_or(0);
  print({what, result ? "accepted" : std::string(toString(result.error().kind)), std::to_string(status),
         before.empty() ? "-" : before + " -> " + statusOf(mock, order), call.requestId, milliseconds(call.elapsed)});
  return result ? std::string() : result.error().message;
}

// 20 accounts with 50 orders each. A cancel takes a moment to take effect, and two fills come first.
void showKillSwitch() {
  constexpr int kAccounts = 20;
  constexpr int kOrdersEach = 50;
  broker::testing::MockBrokerOptions options;
  options.cancelTakes = std::chrono::milliseconds(300);
  MockBroker mock{options};
  std::vector<broker::AccountId> accounts;
  for (int a = 0; a < kAccounts; ++a) {
    accounts.push_back(broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-0000000000" + std::to_string(10 + a)).value());
    for (int n = 0; n < kOrdersEach; ++n)
      mock.addOrder(accounts.back(), orderId(("order-" + std::to_string(n)).c_str()));
  }
  mock.fillDuringCancel(accounts[3], orderId("order-7"));
  mock.fillDuringCancel(accounts[8], orderId("order-1"));
  mock.delayAnswers(std::chrono::milliseconds(20));

  std::cout << "The kill switch, for " << kAccounts << " accounts with " << kAccounts * kOrdersEach
            << " open orders in all:\n"
            << std::flush;
  broker::BrokerClient client{mock.credentials(), mock.clientOptions()};
  const auto report = [&] {
    const ProgressBar bar("orders closed");
    broker::KillSwitchOptions kill;
    kill.progress = [&](const broker::KillSwitchProgress& progress) { bar.show(progress.closed, progress.found); };
    return client.killSwitch(accounts, kill);
  }();
  std::size_t canceled = 0;
  std::size_t filled = 0;
  std::size_t open = 0;
  for (const broker::AccountReport& account : report.value().accounts) {
    canceled += account.canceled.size();
    filled += account.filled.size();
    open += account.stillOpen.size() + account.unknown.size();
  }
  std::cout << "  " << canceled << " canceled, " << filled << " filled meanwhile, " << open << " open or unknown, in "
            << milliseconds(report.call().elapsed) << " and " << mock.requestCount()
            << " requests: " << (report->allEmpty() ? "every account is empty\n\n" : "NOT every account is empty\n\n");
}

}  // namespace

int main() try {
  beginProgram();
  MockBroker mock;
  const auto open = orderId("61e69015-8549-4bfd-b9c3-01e75843f47d");
  const auto filled = orderId("904837e3-3b76-47ec-b432-046db621571b");
  const auto another = orderId("5d1a3c2e-6f0b-4a53-9a51-0f3a7a0f0d11");
  const auto unknown = orderId("00000000-0000-4000-8000-000000000000");
  mock.addOrder(accountId(), open, "new");
  mock.addOrder(accountId(), filled, "filled");
  mock.addOrder(accountId(), another, "new");

  broker::BrokerClient client{mock.credentials(), mock.clientOptions()};
  broker::BrokerClient stranger{broker::Credentials{"somebody-elses-key", "and-a-wrong-secret"}, mock.clientOptions()};

  std::cout << "\nA mock broker listens on " << mock.url() << ". Canceling:\n\n";
  print({"case", "outcome", "status", "order", "request id", "elapsed"});
  print({"----", "-------", "------", "-----", "----------", "-------"});
  show("an open order", client, mock, open);
  const std::string tooLate = show("a filled order", client, mock, filled);
  show("an unknown order", client, mock, unknown);
  show("with wrong credentials", stranger, mock, another);

  const std::size_t before = mock.requestCount();
  const auto hostile = broker::OrderId::parse("../orders");
  print({"the order id \"../orders\"", std::string(toString(hostile.error().kind)), "-", "nothing was sent", "-", "-"});

  std::cout << "\nWhat the error says: for the filled order, \"" << tooLate << "\"\n"
            << "for the hostile id, \"" << hostile.error().message << "\"\n\n"
            << "The broker received " << mock.requestCount() << " requests, " << mock.requestCount() - before
            << " of them for the hostile id.\n\n";
  showKillSwitch();
  return finish(0);
} catch (const std::exception& failure) {
  std::cerr << failure.what() << '\n';
  return 1;
}
