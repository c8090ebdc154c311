// The code of docs/threads-and-async.md.
#include "desk.hpp"

#include <alpaca/broker/future.hpp>

#include <condition_variable>
#include <future>
#include <optional>
#include <thread>

using testing::ElementsAre;

namespace {

// The minimum that hands a result to a waiting thread.
class Inbox {
 public:
  void post(broker::Result<broker::CancelAccepted> result) {
    const std::lock_guard lock(mutex_);
    result_.emplace(std::move(result));
    posted_.notify_one();
  }

  broker::Result<broker::CancelAccepted> wait() {
    std::unique_lock lock(mutex_);
    posted_.wait(lock, [&] { return result_.has_value(); });
    return *std::move(result_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable posted_;
  std::optional<broker::Result<broker::CancelAccepted>> result_;
};

class Threads : public Desk {
 protected:
  void priceTheNextQuote() { note("price"); }
};

TEST_F(Threads, ShareOneClient) {
  const auto bid = broker::OrderId::parse("bid").value();
  const auto ask = broker::OrderId::parse("ask").value();
  mock.addOrder(account, bid);
  mock.addOrder(account, ask);

  std::thread maker([&] { keep(client.cancelOrder(account, bid).call().requestId); });
  std::thread hedger([&] { keep(client.cancelOrder(account, ask).call().requestId); });

  maker.join();
  hedger.join();
  EXPECT_THAT(notes(), ElementsAre("keep the id", "keep the id"));
}

TEST_F(Threads, NeedNotWaitForACallback) {
  Inbox inbox;

  const auto submitted =
      client.cancelOrderAsync(account, order, [&inbox](broker::Result<broker::CancelAccepted> result) {
        inbox.post(std::move(result));  // runs on one of the client's threads: return quickly
      });
  if (!submitted) report(submitted.error());  // nothing was sent; the callback is never called

  EXPECT_TRUE(inbox.wait());
  EXPECT_THAT(notes(), ElementsAre());
}

TEST_F(Threads, CanFetchTheResultLater) {
  auto answer = broker::future::cancelOrder(client, account, order);
  priceTheNextQuote();               // the cancel is in flight meanwhile
  const auto result = answer.get();  // a refused submission arrives here, too

  EXPECT_TRUE(result);
  EXPECT_THAT(notes(), ElementsAre("price"));
}

}  // namespace
