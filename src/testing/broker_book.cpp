#include "testing/broker_book.hpp"

#include "http/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <utility>

namespace alpaca::broker::testing {
namespace {

using std::chrono::system_clock;

// The two ids of a cancel's target, when it is one.
struct CancelTarget {
  std::string_view account;
  std::string_view order;
};

std::optional<CancelTarget> cancelTarget(std::string_view target) {
  constexpr std::string_view kAccounts = "/v1/trading/accounts/";
  constexpr std::string_view kOrders = "/orders/";
  if (target.substr(0, kAccounts.size()) != kAccounts) return std::nullopt;
  target.remove_prefix(kAccounts.size());
  const auto slash = target.find('/');
  if (slash == std::string_view::npos || target.substr(slash, kOrders.size()) != kOrders) return std::nullopt;
  const CancelTarget ids{target.substr(0, slash), target.substr(slash + kOrders.size())};
  if (ids.account.empty() || ids.order.empty() || ids.order.find('/') != std::string_view::npos) return std::nullopt;
  return ids;
}

bool isCancelable(std::string_view status) {
  constexpr std::array<std::string_view, 7> kNot{"filled",   "canceled",       "expired",        "rejected",
                                                 "replaced", "pending_cancel", "pending_replace"};
  return std::find(kNot.begin(), kNot.end(), status) == kNot.end();
}

Answer error(int status, std::int64_t code, const std::string& message) {
  std::string escaped;
  for (const char c : message) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return {status, R"({"code":)" + std::to_string(code) + R"(,"message":")" + escaped + R"("})", {}};
}

// 32 hexadecimal digits, different for every request.
std::string requestIdFor(std::size_t number) {
  std::array<char, 33> text{};
  std::snprintf(text.data(), text.size(), "a1b2c3d4e5f60718%016zx", number);
  return text.data();
}

}  // namespace

std::string ReceivedRequest::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(),
                                  [&](const Header& header) { return http::equalIgnoringCase(header.name, name); });
  return found == headers.end() ? std::string() : found->value;
}

BrokerBook::BrokerBook(std::string authorization, int rateLimit)
    : authorization_(std::move(authorization)), rateLimit_(rateLimit) {}

void BrokerBook::addOrder(const std::string& account, const std::string& order, std::string status) {
  if (status.empty()) throw std::invalid_argument("MockBroker::addOrder: the status is empty");
  const std::lock_guard lock(mutex_);
  accounts_[account][order] = std::move(status);
}

std::string BrokerBook::orderStatus(const std::string& account, const std::string& order) const {
  const std::lock_guard lock(mutex_);
  return accounts_.at(account).at(order);
}

void BrokerBook::settleCancels() {
  const std::lock_guard lock(mutex_);
  for (auto& [account, orders] : accounts_) {
    for (auto& [order, status] : orders) {
      if (status == "pending_cancel") status = "canceled";
    }
  }
}

void BrokerBook::failNext(Answer answer) {
  if (answer.status < 200 || answer.status > 599) {
    throw std::invalid_argument("MockBroker::failNext: the status is " + std::to_string(answer.status) +
                                "; accepted: 200 to 599");
  }
  const std::lock_guard lock(mutex_);
  scripted_.push_back(std::move(answer));
}

std::vector<ReceivedRequest> BrokerBook::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::size_t BrokerBook::requestCount() const {
  const std::lock_guard lock(mutex_);
  return requests_.size();
}

Answer BrokerBook::receive(ReceivedRequest request) {
  const std::lock_guard lock(mutex_);
  requests_.push_back(std::move(request));
  Answer answer;
  if (scripted_.empty()) {
    answer = decide(requests_.back());
  } else {
    answer = std::move(scripted_.front());
    scripted_.pop_front();
  }
  addCommonHeaders(answer);
  return answer;
}

Answer BrokerBook::decide(const ReceivedRequest& request) {
  const std::string authorization = request.header("Authorization");
  if (authorization.empty()) return error(403, 40310000, "request is forbidden.");
  if (authorization != authorization_) return error(401, 40110000, "request is not authorized.");
  const auto ids = cancelTarget(request.target);
  if (request.method != "DELETE" || !ids) return error(404, 40410000, "endpoint not found");
  return cancelOrder(ids->account, ids->order);
}

Answer BrokerBook::cancelOrder(std::string_view account, std::string_view order) {
  if (!AccountId::parse(account)) return error(400, 40010000, "account_id is not a UUID");
  const auto orders = accounts_.find(account);
  if (orders == accounts_.end()) return error(404, 40410000, "account not found");
  const auto known = orders->second.find(std::string(order));
  if (known == orders->second.end()) return error(404, 40410000, "order not found");
  if (!isCancelable(known->second)) {
    return error(422, 42210000, "order is already in \"" + known->second + "\" state");
  }
  known->second = "pending_cancel";
  return {204, {}, {}};
}

void BrokerBook::addCommonHeaders(Answer& answer) {
  const auto now = system_clock::now();
  if (now >= windowEnd_) {
    windowEnd_ = now + std::chrono::minutes(1);
    remaining_ = rateLimit_;
  }
  remaining_ = std::max(remaining_ - 1, 0);
  const auto add = [&](const char* name, std::string value) {
    const auto same = [&](const Header& header) { return http::equalIgnoringCase(header.name, name); };
    if (std::any_of(answer.headers.begin(), answer.headers.end(), same)) return;  // scripted ones win
    answer.headers.push_back({name, std::move(value)});
  };
  add("X-Request-ID", requestIdFor(requests_.size()));
  add("X-RateLimit-Limit", std::to_string(rateLimit_));
  add("X-RateLimit-Remaining", std::to_string(remaining_));
  add("X-RateLimit-Reset", std::to_string(system_clock::to_time_t(windowEnd_)));
}

}  // namespace alpaca::broker::testing
