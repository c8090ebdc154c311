#pragma once

#include "support/fake_transport.hpp"

#include <alpaca/broker/ids.hpp>

#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace alpaca::broker::test {

/// The ways in which a `ModelBroker` misbehaves. Probabilities are in percent.
struct Lies {
  bool ignoresSymbols = false;
  bool ignoresStatus = false;
  bool ignoresLimit = false;
  std::size_t pageCap = 500;
  bool listsForeign = false;     ///< every list contains orders of another account
  bool listsUnreadable = false;  ///< the open list contains an entry without an id
  bool openListIsEmpty = false;  ///< the open list lags: open orders appear among the closed ones
  bool loosesCancelAll = false;  ///< cancel-all is applied, but its answer is lost
  int refusesCancelAll = 0;      ///< how many times cancel-all is answered with 503 first
  int entryFails = 0;            ///< an entry of the cancel-all says 500, and its order stays open
  int listFails = 0;             ///< a list is answered with one of 400, 401, 403, 404, 429, 500, or with silence
  int readsOther = 0;            ///< a read is answered with a different order
  int replaces = 0;              ///< a request finds that the broker has just replaced an order under a new id
  int cancelFails = 0;           ///< a cancel is answered with 422, 500 or silence, whether applied or not
};

/// A broker that knows the true state of its orders and does not always report it. The seed makes it deterministic.
class ModelBroker {
 public:
  struct Entry {
    std::string account, id, clientOrderId, symbol, side, status, replaces, replacedBy;
    std::string origin;            ///< the client order id at the start of a chain of replacements
    int group = 0;                 ///< the bracket it belongs to; 0: none
    long submitted = 0;            ///< time of submission in seconds
    bool wasCanceledByUs = false;  ///< named in a cancel of its own
    bool wasSweptByUs = false;     ///< open when a cancel-all arrived

    [[nodiscard]] bool isAlive() const;
  };

  ModelBroker(Lies lies, unsigned seed) : lies_(lies), random_(seed) {}

  void put(Entry entry);
  [[nodiscard]] const std::vector<Entry>& orders() const { return orders_; }
  [[nodiscard]] const Entry* find(std::string_view id) const;

  http::Exchange answer(const http::HttpRequest& request);

 private:
  bool chance(int percent) { return percent > 0 && static_cast<int>(random_() % 100U) < percent; }
  http::Exchange failure();
  http::Exchange cancelAll(const std::string& account);
  http::Exchange cancelOne(const std::string& account, const std::string& id);
  http::Exchange read(const std::string& account, const std::string& id);
  http::Exchange list(const std::string& account, const std::string& target);
  [[nodiscard]] bool isListed(const Entry& entry, const std::string& status) const;
  void cancel(Entry& entry);
  void replaceOne(const std::string& account);
  [[nodiscard]] std::string json(const Entry& entry) const;

  const Lies lies_;
  std::minstd_rand random_;
  std::vector<Entry> orders_;
  int cancelAlls_ = 0;
  int made_ = 0;
};

}  // namespace alpaca::broker::test
