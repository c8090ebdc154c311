#pragma once

#include "faults/threads.hpp"
#include "support/eventually.hpp"
#include "support/ids.hpp"

#include <alpaca/broker.hpp>

#include <future>
#include <string>
#include <utility>

namespace alpaca::broker::test {

/// A cancel that runs on a thread of its own.
class CallOnThread {
 public:
  CallOnThread(BrokerClient& client, std::string id, CallOptions options = {})
      : id_(std::move(id)), result_(std::async(std::launch::async, [this, &client, options = std::move(options)] {
          number_.set_value(threadNumber());
          return client.cancelOrder(account(), order(id_), options);
        })) {}

  [[nodiscard]] const std::string& id() const noexcept { return id_; }

  /// Waits until the call's thread blocks inside the client and can make no further progress.
  bool isBlocked() {
    const int number = number_.get_future().get();
    return eventuallyForGood([&] { return isWaiting(number); });
  }

  Result<CancelAccepted> result() { return result_.get(); }

 private:
  const std::string id_;
  std::promise<int> number_;
  std::future<Result<CancelAccepted>> result_;
};

}  // namespace alpaca::broker::test
