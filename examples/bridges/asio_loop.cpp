// A trading app with Asio's loop, against a mock broker. It cancels its quotes without waiting for the broker. Results
// arrive on the loop's thread, so the app needs no lock. Ctrl-C stops the calls in flight.
//   asio_loop [--silent]     with a broker that never answers, for Ctrl-C
#include "../program.hpp"

#include <alpaca/broker.hpp>
#include <alpaca/broker/asio.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/signal_set.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_future.hpp>

#include <chrono>
#include <csignal>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace broker = alpaca::broker;
using CancelResult = broker::Result<broker::CancelAccepted>;
using broker::testing::MockBroker;
using broker::testing::MockFault;
using broker::testing::ReceivedRequest;

namespace {

broker::AccountId accountId() { return broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value(); }

std::string say(const CancelResult& result) {
  if (result) return "cancel accepted";
  return std::string(toString(result.error().kind)) + (result.error().maybeApplied ? ", maybe applied" : "");
}

// Everything here runs on the loop's thread.
class Desk {
 public:
  Desk(asio::io_context& loop, broker::BrokerClient& client) : loop_(loop), client_(client), signals_(loop) {
    signals_.add(SIGINT);
    signals_.add(SIGTERM);
    signals_.async_wait([this](const asio::error_code& error, int /*signal*/) {
      if (!error) stop();
    });
  }

  void pullAll(const std::vector<broker::OrderId>& orders) {
    for (const broker::OrderId& order : orders) pull(order);
    std::cout << "submitted" << std::endl;  // no result arrived before, not even of a refused submission
  }

  [[nodiscard]] int resultsElsewhere() const { return resultsElsewhere_; }

 private:
  void pull(const broker::OrderId& order) {
    ++outstanding_;
    broker::CallOptions options;
    options.stop = stop_.token();
    const auto onResult = [this, order](const CancelResult& result) { hear(order, result); };
    broker::asyncCancelOrder(loop_.get_executor(), client_, accountId(), order, onResult, options);
  }

  void hear(const broker::OrderId& order, const CancelResult& result) {
    if (std::this_thread::get_id() != thread_) ++resultsElsewhere_;
    std::cout << order.str() << ": " << say(result) << std::endl;
    --outstanding_;
    const bool unsent = !result && result.error().kind == broker::ErrorKind::NotSent && !result.error().maybeApplied;
    if (unsent && !stopping_) return pullLater(order);
    if (outstanding_ == 0) signals_.cancel();  // the loop has nothing left to wait for: run() returns
  }

  // The order is unchanged, so a retry is safe. An immediate retry would only meet the same full queue.
  void pullLater(const broker::OrderId& order) {
    ++outstanding_;
    const auto timer = std::make_shared<asio::steady_timer>(loop_, std::chrono::milliseconds(20));
    timer->async_wait([this, order, timer](const asio::error_code& /*never canceled*/) {
      --outstanding_;
      pull(order);
    });
  }

  void stop() {
    std::cout << "stopping" << std::endl;
    stopping_ = true;
    stop_.requestStop();  // each call ends at once, as Aborted or InDoubt, and reports that
  }

  asio::io_context& loop_;
  broker::BrokerClient& client_;
  asio::signal_set signals_;
  broker::StopSource stop_;
  const std::thread::id thread_ = std::this_thread::get_id();
  int outstanding_ = 0;
  int resultsElsewhere_ = 0;
  bool stopping_ = false;
};

}  // namespace

int main(int argc, char** argv) try {
  beginProgram();
  const bool silent = argc > 1 && std::string(argv[1]) == "--silent";
  MockBroker mock;
  std::vector<broker::OrderId> orders;
  for (const char* status : {"new", "filled", "accepted", "partially_filled", "held"}) {
    orders.push_back(broker::OrderId::parse(std::string("order-") + status).value());
    mock.addOrder(accountId(), orders.back(), status);
  }
  if (silent) {
    mock.injectFaults(1, 1, {MockFault::Stall});
    mock.onRequest([](const ReceivedRequest&) { std::cout << "the broker has a request" << std::endl; });
  } else {
    mock.delayAnswers(std::chrono::milliseconds(100));
  }

  asio::io_context loop;  // before the client, which posts results here until it is destroyed
  broker::ClientOptions options = mock.clientOptions();
  options.maxConnections = 1;
  options.asyncQueueCapacity = 2;  // so few that some submissions are refused
  broker::BrokerClient client{mock.credentials(), options};
  Desk desk(loop, client);
  asio::post(loop, [&] { desk.pullAll(orders); });
  loop.run();  // until every result has arrived
  std::cout << "results on another thread than the loop's: " << desk.resultsElsewhere() << '\n';
  if (silent) return finish(0);

  // Another thread may wait. The loop's thread must not, because it delivers the result.
  const auto again = broker::OrderId::parse("order-new").value();
  auto future = broker::asyncCancelOrder(loop.get_executor(), client, accountId(), again, asio::use_future);
  loop.restart();
  std::thread other([&] { std::cout << "once more, by future: " << say(future.get()) << '\n'; });
  loop.run();
  other.join();
  return finish(0);
} catch (const std::exception& failure) {
  std::cerr << failure.what() << '\n';
  return 1;
}
