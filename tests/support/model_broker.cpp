#include "support/model_broker.hpp"

#include "model/timestamp.hpp"

#include "support/answers.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace alpaca::broker::test {
namespace {

using std::chrono::seconds;

constexpr long kEpoch = 1'700'000'000;

model::Nanotime timeOf(const ModelBroker::Entry& entry) { return model::Nanotime(seconds(kEpoch + entry.submitted)); }

std::string quoted(const std::string& text) { return text.empty() ? "null" : '"' + text + '"'; }

}  // namespace

bool ModelBroker::Entry::isAlive() const {
  constexpr std::array<std::string_view, 5> kFinal{"filled", "canceled", "expired", "rejected", "replaced"};
  return std::find(kFinal.begin(), kFinal.end(), status) == kFinal.end();
}

void ModelBroker::put(Entry entry) {
  if (entry.origin.empty()) entry.origin = entry.clientOrderId;
  entry.submitted = static_cast<long>(orders_.size());
  orders_.push_back(std::move(entry));
}

const ModelBroker::Entry* ModelBroker::find(std::string_view id) const {
  const auto found = std::find_if(orders_.begin(), orders_.end(), [&](const Entry& entry) { return entry.id == id; });
  return found == orders_.end() ? nullptr : &*found;
}

http::Exchange ModelBroker::answer(const http::HttpRequest& request) {
  const std::string target = request.target.str();
  const std::string account = target.substr(std::string("/v1/trading/accounts/").size(), 36);
  const auto slash = target.find("/orders/");
  if (chance(lies_.replaces)) replaceOne(account);
  if (slash != std::string::npos) {
    const std::string id = target.substr(slash + 8);
    return std::string_view(request.method) == "DELETE" ? cancelOne(account, id) : read(account, id);
  }
  return std::string_view(request.method) == "DELETE" ? cancelAll(account) : list(account, target);
}

http::Exchange ModelBroker::failure() {
  constexpr std::array<int, 7> kStatuses{400, 401, 403, 404, 429, 500, 0};
  const int status = kStatuses.at(random_() % kStatuses.size());
  return status == 0 ? failed(http::Failure::TimedOut, 1) : answered(status);
}

http::Exchange ModelBroker::cancelAll(const std::string& account) {
  if (cancelAlls_++ < lies_.refusesCancelAll) return answered(429);
  std::string entries = "[";
  for (Entry& entry : orders_) {
    if (entry.account != account || !entry.isAlive() || entry.status == "held") continue;
    entry.wasSweptByUs = true;
    const bool fails = chance(lies_.entryFails);
    if (!fails) cancel(entry);
    entries += std::string(entries.size() == 1 ? "" : ",") + R"({"id":")" + entry.id + R"(","status":)" +
               (fails ? "500" : "200") + "}";
  }
  return lies_.loosesCancelAll ? failed(http::Failure::ConnectionLost, 1) : answered(207, entries + "]");
}

http::Exchange ModelBroker::cancelOne(const std::string& account, const std::string& id) {
  auto found = std::find_if(orders_.begin(), orders_.end(),
                            [&](const Entry& entry) { return entry.id == id && entry.account == account; });
  if (found == orders_.end()) {
    const auto elsewhere =
        std::find_if(orders_.begin(), orders_.end(), [&](const Entry& entry) { return entry.id == id; });
    if (elsewhere != orders_.end()) elsewhere->wasCanceledByUs = true;
    return answered(404);
  }
  found->wasCanceledByUs = true;
  if (!found->isAlive()) return answered(422);
  if (chance(lies_.cancelFails)) {
    const auto how = random_() % 4U;
    if (how > 1) cancel(*found);
    return how == 0 ? answered(422) : how == 1 ? answered(500) : failed(http::Failure::TimedOut, 1);
  }
  cancel(*found);
  return answered(204);
}

http::Exchange ModelBroker::read(const std::string& account, const std::string& id) {
  if (chance(lies_.readsOther)) return answered(200, json(orders_.at(random_() % orders_.size())));
  if (chance(lies_.listFails)) return failure();
  const Entry* const entry = find(id);
  return entry != nullptr && entry->account == account ? answered(200, json(*entry)) : answered(404);
}

bool ModelBroker::isListed(const Entry& entry, const std::string& status) const {
  if (status == "all" || lies_.ignoresStatus) return true;
  const bool isOpen = entry.isAlive() && entry.status != "held" && !lies_.openListIsEmpty;
  return isOpen == (status == "open");
}

http::Exchange ModelBroker::list(const std::string& account, const std::string& target) {
  if (chance(lies_.listFails)) return failure();
  const auto after = model::parseTimestamp(parameter(target, "after"));
  const auto until = model::parseTimestamp(parameter(target, "until"));
  std::vector<const Entry*> rows;
  for (const Entry& entry : orders_) {
    const bool isOwn = entry.account == account || lies_.listsForeign;
    const bool isInTime = (!after || timeOf(entry) > after->time) && (!until || timeOf(entry) < until->time);
    const bool isMeant = lies_.ignoresSymbols || isAmong(parameter(target, "symbols"), entry.symbol);
    if (isOwn && isInTime && isMeant && isListed(entry, parameter(target, "status"))) rows.push_back(&entry);
  }
  if (parameter(target, "direction") == "desc") std::reverse(rows.begin(), rows.end());
  const std::size_t limit = lies_.ignoresLimit ? rows.size() : std::stoul(parameter(target, "limit"));
  rows.resize(std::min({rows.size(), limit, lies_.pageCap}));
  std::string text = "[";
  for (const Entry* const entry : rows) text += (text.size() == 1 ? "" : ",") + json(*entry);
  if (lies_.listsUnreadable && parameter(target, "status") == "open") {
    text += std::string(text.size() == 1 ? "" : ",") + R"({"id":null,"symbol":"AAPL"})";
  }
  return answered(200, text + "]");
}

void ModelBroker::cancel(Entry& entry) {
  for (Entry& other : orders_) {
    const bool isTied = entry.group != 0 && other.group == entry.group && other.isAlive();
    if (&other == &entry || isTied) other.status = "canceled";
  }
}

void ModelBroker::replaceOne(const std::string& account) {
  for (std::size_t i = 0; i < orders_.size(); ++i) {
    if (orders_[i].account != account || orders_[i].status != "new" || orders_[i].group != 0) continue;
    Entry fresh = orders_[i];
    fresh.id = "made-by-the-broker-" + std::to_string(++made_);
    fresh.clientOrderId = fresh.id;
    fresh.replaces = orders_[i].id;
    fresh.wasCanceledByUs = fresh.wasSweptByUs = false;
    orders_[i].status = "replaced";
    orders_[i].replacedBy = fresh.id;
    return put(std::move(fresh));
  }
}

std::string ModelBroker::json(const Entry& entry) const {
  return R"({"id":")" + entry.id + R"(","account_id":")" + entry.account + R"(","client_order_id":)" +
         quoted(entry.clientOrderId) + R"(,"symbol":)" + quoted(entry.symbol) + R"(,"side":")" + entry.side +
         R"(","status":")" + entry.status + R"(","submitted_at":")" + model::formatTimestamp(timeOf(entry)) +
         R"(","replaces":)" + quoted(entry.replaces) + R"(,"replaced_by":)" + quoted(entry.replacedBy) + "}";
}

}  // namespace alpaca::broker::test
