#include "workflows/kill_switch.hpp"

#include "support/model_broker.hpp"
#include "support/numbered_ids.hpp"
#include "support/row_name.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <random>
#include <string>

// The honesty oracle of the kill switch: compares its report with the truth, whatever the broker lies about.
//   - No account is reported empty while the broker holds a live order of it that the filter includes.
//   - No order outside the filter or of another account was canceled.
//   - No answer about a different order was believed.
namespace alpaca::broker::workflows {
namespace {

using test::accountNumber;
using test::Lies;
using test::ModelBroker;
using namespace std::chrono_literals;

struct Row {
  const char* name;
  Lies lies;
  bool mustEmpty = true;  ///< the truth can be found out in spite of the lies
};

Lies with(const std::function<void(Lies&)>& change) {
  Lies lies;
  change(lies);
  return lies;
}

class KillSwitchOracle : public ::testing::TestWithParam<Row> {
 protected:
  void fill(ModelBroker& broker, unsigned seed) {
    std::minstd_rand random(seed);
    const std::size_t count = 1 + random() % 40;
    for (std::size_t i = 0; i < count; ++i) {
      ModelBroker::Entry entry;
      entry.account = accountNumber(random() % 4 == 0 ? 1 : 0).str();
      entry.id = "order-" + std::to_string(i);
      entry.clientOrderId = (random() % 2 == 0 ? "maker-" : "taker-") + std::to_string(i);
      entry.symbol = random() % 2 == 0 ? "AAPL" : "MSFT";
      entry.side = random() % 2 == 0 ? "buy" : "sell";
      entry.status = kWords[random() % kWords.size()];
      if (entry.status == "held") entry.group = static_cast<int>(random() % 5);
      broker.put(entry);
    }
  }

  static KillSwitchOptions filter(unsigned seed) {
    KillSwitchOptions options;
    options.call.deadline = 5s;
    const UtcTime first{std::chrono::seconds(1'700'000'000)};  // each order is a second younger than the one before
    if (seed % 7 == 1) options.side = OrderSide::Sell;
    if (seed % 7 == 2) options.symbols = std::vector<std::string>{"AAPL"};
    if (seed % 7 == 3) options.clientOrderIdPrefix = "maker-";
    if (seed % 7 >= 5) options.submittedBefore = first + 15s;
    if (seed % 7 == 6) {
      options.submittedAfter = first + 3s;
      options.clientOrderIdPrefix = "maker-";
    }
    if (seed % 7 == 4) {
      options.side = OrderSide::Buy;
      options.symbols = std::vector<std::string>{"MSFT"};
    }
    return options;
  }

  static bool isMeant(const ModelBroker::Entry& entry, const KillSwitchOptions& options) {
    if (options.side && entry.side != (*options.side == OrderSide::Sell ? "sell" : "buy")) return false;
    if (options.submittedBefore && entry.submitted >= 15) return false;
    if (options.submittedAfter && entry.submitted <= 3) return false;
    if (options.symbols && entry.symbol != options.symbols->front()) return false;
    return !options.clientOrderIdPrefix || entry.origin.rfind(*options.clientOrderIdPrefix, 0) == 0;
  }

  static void expectTrue(const AccountReport& report, const ModelBroker& broker, const KillSwitchOptions& options) {
    const bool isFiltered = options.submittedBefore || options.side || options.symbols || options.clientOrderIdPrefix;
    for (const ModelBroker::Entry& entry : broker.orders()) {
      const bool isOwn = entry.account == report.accountId.str();
      const bool isConcerned = isOwn && isMeant(entry, options);
      EXPECT_FALSE(report.isEmpty && isConcerned && entry.isAlive()) << entry.id << " is " << entry.status;
      EXPECT_FALSE(entry.wasCanceledByUs && !isConcerned) << entry.id << " must not be canceled";
      EXPECT_FALSE(entry.wasSweptByUs && (isFiltered || !isOwn)) << entry.id << " must not be canceled";
    }
    for (const auto* const list : {&report.canceled, &report.filled, &report.expiredOrReplaced}) {
      for (const Order& order : *list) {
        const ModelBroker::Entry* const entry = broker.find(order.id.str());
        ASSERT_NE(entry, nullptr);
        EXPECT_EQ(order.status.str(), entry->status) << order.id.str();
        EXPECT_EQ(entry->account, report.accountId.str()) << order.id.str();
      }
    }
  }

  static inline const std::vector<std::string> kWords{"new",  "partially_filled", "held",     "done_for_day", "filled",
                                                      "new",  "canceled",         "rejected", "calculated",   "new",
                                                      "held", "suspended",        "expired"};
};

TEST_P(KillSwitchOracle, FindsItTrue) {
  int emptied = 0;
  constexpr unsigned kRuns = 60;
  for (unsigned seed = 0; seed < kRuns; ++seed) {
    SCOPED_TRACE(seed);
    ModelBroker broker(GetParam().lies, seed + 1);
    fill(broker, seed + 1);
    test::FakeTransport::Log log;
    log.timePerAttempt = 5ms;
    log.answer = [&](const http::HttpRequest& request) { return broker.answer(request); };
    ClientOptions client;
    client.retry.budget = 1'000'000;
    call::CallPipeline pipeline = test::makePipeline(log, client);
    const KillSwitchOptions options = filter(seed);
    const auto report = killSwitch(pipeline, {accountNumber(0)}, options);
    ASSERT_TRUE(report);
    expectTrue(report->accounts.at(0), broker, options);
    emptied += report->accounts.at(0).isEmpty ? 1 : 0;
    EXPECT_LE(report.call().elapsed, *options.call.deadline + 100ms);
  }
  if (GetParam().mustEmpty) {
    EXPECT_EQ(emptied, kRuns);
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, KillSwitchOracle,
    ::testing::Values(Row{"OfAnHonestBroker", {}},
                      Row{"WhenSymbolsAreIgnored", with([](Lies& l) { l.ignoresSymbols = true; })},
                      Row{"WhenStatusIsIgnored", with([](Lies& l) { l.ignoresStatus = true; })},
                      Row{"WhenTheLimitIsIgnored", with([](Lies& l) { l.ignoresLimit = true; })},
                      Row{"WhenPagesAreCapped", with([](Lies& l) { l.pageCap = 7; })},
                      Row{"WhenOrdersOfOthersAreListed", with([](Lies& l) { l.listsForeign = true; })},
                      Row{"WhenAnEntryIsUnreadable", with([](Lies& l) { l.listsUnreadable = true; }), false},
                      Row{"WhenTheOpenListLags", with([](Lies& l) { l.openListIsEmpty = true; })},
                      Row{"WhenTheCancelAllIsLost", with([](Lies& l) { l.loosesCancelAll = true; })},
                      Row{"WhenTheCancelAllIsRefusedOnce", with([](Lies& l) { l.refusesCancelAll = 4; })},
                      Row{"WhenEntriesFail", with([](Lies& l) { l.entryFails = 40; })},
                      Row{"WhenListsFail", with([](Lies& l) { l.listFails = 40; }), false},
                      Row{"WhenReadsShowOtherOrders", with([](Lies& l) { l.readsOther = 30; })},
                      Row{"WhenOrdersAreReplaced", with([](Lies& l) { l.replaces = 20; })},
                      Row{"WhenCancelsFail", with([](Lies& l) { l.cancelFails = 40; })},
                      Row{"WhenEverythingGoesWrong", with([](Lies& l) {
                            l.ignoresSymbols = l.ignoresStatus = l.loosesCancelAll = true;
                            l.pageCap = 9;
                            l.listFails = l.readsOther = l.replaces = l.cancelFails = 15;
                          }),
                          false}),
    test::kByName);

}  // namespace
}  // namespace alpaca::broker::workflows
