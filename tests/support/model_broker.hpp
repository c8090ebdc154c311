#pragma once

#include "support/fake_transport.hpp"

#include <alpaca/broker/ids.hpp>

#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace alpaca::broker::test {

/// In which ways a `ModelBroker` is not to be trusted. Probabilities are in percent.
struct Lies {
  bool ignoresSymbols = false;
  bool ignoresStatus = false;
  bool ignoresLimit = false;
  std::size_t pageCap = 500;
  bool listsForeign = false;     ///< orders of another account stand in every list
  bool listsUnreadable = false;  ///< an entry without an id stands in the open list
  bool openListIsEmpty = false;  ///< it lags: what is open stands among the closed orders
  bool loosesCancelAll = false;  ///< cancel-all is applied, and its answer lost
  int refusesCancelAll = 0;      ///< how often it is answered with 503 first
  int entryFails = 0;            ///< an entry of the cancel-all says 500, and the order stays
  int listFails = 0;             ///< a list is answered with one of 400, 401, 403, 404, 429, 500, silence
  int readsOther = 0;            ///< a read is answered with another order
  int replaces = 0;              ///< a request finds one of the orders just replaced, under an id of the broker's
  int cancelFails = 0;           ///< a cancel is answered with 422, 500 or silence, acted upon or not
};

/// A broker that knows the truth about its orders and does not always tell it. Deterministic by its seed.
class ModelBroker {
 public:
  struct Entry {
    std::string account, id, clientOrderId, symbol, side, status, replaces, replacedBy;
    std::string origin;            ///< the client order id that a chain of replacements began with
    int group = 0;                 ///< of a bracket; 0: none
    long submitted = 0;            ///< seconds
    bool wasCanceledByUs = false;  ///< named in a cancel of its own
    bool wasSweptByUs = false;     ///< alive when a cancel-all came

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
