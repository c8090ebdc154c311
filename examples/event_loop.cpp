// A strategy on one thread, driven by an event loop, against a mock broker. It cancels its quotes when the market
// moves, without waiting for the broker. Results arrive on its own thread, so it needs no lock.
#include "event_loop.hpp"
#include "program.hpp"

#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include <exception>
#include <iostream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace broker = alpaca::broker;

namespace {

broker::AccountId accountId() { return broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value(); }

struct Quote {
  broker::OrderId order;
  double bid;
  bool canceling = false;
};

// Everything here runs on the loop's thread.
class Strategy {
 public:
  Strategy(EventLoop& loop, broker::BrokerClient& client, std::vector<Quote> quotes)
      : loop_(loop), client_(client), quotes_(std::move(quotes)) {}

  void onTick(double price) {
    std::cout << "tick " << price << '\n';
    for (Quote& quote : quotes_) {
      if (price < quote.bid && !quote.canceling) pull(quote);
    }
  }

  void onEndOfMarket() {
    marketIsOpen_ = false;
    stopIfDone();
  }

  [[nodiscard]] int resultsElsewhere() const { return resultsElsewhere_; }

 private:
  void pull(Quote& quote) {
    std::cout << "  pulling " << quote.order.str() << '\n';
    const auto submitted = client_.cancelOrderAsync(
        accountId(), quote.order, [this, &quote](const broker::Result<broker::CancelAccepted>& result) {
          // On one of the client's threads: only passes the result on.
          loop_.post([this, &quote, result] { onResult(quote, result); });
        });
    if (submitted) {
      quote.canceling = true;
      ++outstanding_;
    } else {  // nothing was sent: the next tick retries
      std::cout << "  refused: " << submitted.error().message << '\n';
    }
  }

  void onResult(Quote& quote, const broker::Result<broker::CancelAccepted>& result) {
    if (std::this_thread::get_id() != thread_) ++resultsElsewhere_;
    std::cout << "  " << quote.order.str() << ": "
              << (result ? "cancel accepted" : std::string(toString(result.error().kind))) << '\n';
    const bool unsent = !result && result.error().kind == broker::ErrorKind::NotSent;
    if (unsent) quote.canceling = false;
    --outstanding_;
    stopIfDone();
  }

  void stopIfDone() {
    if (!marketIsOpen_ && outstanding_ == 0) loop_.stop();
  }

  EventLoop& loop_;
  broker::BrokerClient& client_;
  std::vector<Quote> quotes_;
  const std::thread::id thread_ = std::this_thread::get_id();
  int outstanding_ = 0;
  int resultsElsewhere_ = 0;
  bool marketIsOpen_ = true;
};

}  // namespace

int main() try {
  beginProgram();
  broker::testing::MockBroker mock;
  std::vector<Quote> quotes{{broker::OrderId::parse("bid-at-101").value(), 101},
                            {broker::OrderId::parse("bid-at-100").value(), 100},
                            {broker::OrderId::parse("bid-at-99").value(), 99},
                            {broker::OrderId::parse("bid-at-90").value(), 90}};
  for (const Quote& quote : quotes) mock.addOrder(accountId(), quote.order, quote.bid == 100 ? "filled" : "new");

  EventLoop loop;  // before the client, whose callbacks use it until the client is destroyed
  broker::BrokerClient client{mock.credentials(), mock.clientOptions()};
  Strategy strategy(loop, client, std::move(quotes));

  std::thread market([&] {
    for (const double price : {101.5, 100.5, 99.5, 98.5}) loop.post([&strategy, price] { strategy.onTick(price); });
    loop.post([&strategy] { strategy.onEndOfMarket(); });
  });
  loop.run();
  market.join();
  std::cout << "results on another thread than the strategy's: " << strategy.resultsElsewhere() << '\n';
  return finish(0);
} catch (const std::exception& failure) {
  std::cerr << failure.what() << '\n';
  return 1;
}
