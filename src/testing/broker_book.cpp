#include "testing/broker_book.hpp"

#include "testing/order_answers.hpp"
#include "testing/route.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace alpaca::broker::testing {
namespace {

// Returns 32 hexadecimal digits, unique per request.
std::string requestIdFor(std::size_t number) {
  std::array<char, 33> text{};
  std::snprintf(text.data(), text.size(), "a1b2c3d4e5f60718%016zx", number);
  return text.data();
}

// Normalizes the value: in HTTP, the scheme ignores case, and any number of blanks may follow it.
std::string comparable(std::string_view authorization) {
  const std::string_view trimmed = base::trimmed(authorization);
  const std::string_view scheme = trimmed.substr(0, trimmed.find(' '));
  std::string text(scheme);
  std::transform(text.begin(), text.end(), text.begin(), base::lowerCase);
  return text + ' ' + std::string(base::trimmed(trimmed.substr(scheme.size())));
}

const Header* findHeader(const std::vector<Header>& headers, std::string_view name) {
  const auto found = std::find_if(headers.begin(), headers.end(),
                                  [&](const Header& header) { return base::equalIgnoringCase(header.name, name); });
  return found == headers.end() ? nullptr : &*found;
}

// The headers of a scripted answer take precedence.
void addUnlessScripted(Answer& answer, const char* name, std::string value) {
  if (findHeader(answer.headers, name) == nullptr) answer.headers.push_back({name, std::move(value)});
}

}  // namespace

std::string ReceivedRequest::header(std::string_view name) const {
  const Header* const found = findHeader(headers, name);
  return found == nullptr ? std::string() : found->value;
}

BrokerBook::BrokerBook(const std::string& authorization, const MockBrokerOptions& options, Clock clock)
    : options_(options),
      clock_(std::move(clock)),
      accepted_{comparable(authorization)},
      orders_(clock_, options.cancelTakes),
      rateWindow_(options.rateLimit, options.rateWindow) {}

void BrokerBook::accept(const std::string& authorization) {
  const std::lock_guard lock(mutex_);
  accepted_.insert(comparable(authorization));
}

void BrokerBook::revoke(const std::string& authorization) {
  const std::lock_guard lock(mutex_);
  accepted_.erase(comparable(authorization));
}

void BrokerBook::setMarketOpen(bool isOpen) {
  const std::lock_guard lock(mutex_);
  isMarketOpen_ = isOpen;
}

std::vector<ReceivedRequest> BrokerBook::requests() const {
  const std::lock_guard lock(mutex_);
  return {requests_.begin(), requests_.end()};
}

std::size_t BrokerBook::requestCount() const {
  const std::lock_guard lock(mutex_);
  return requests_.size();
}

std::size_t BrokerBook::record(ReceivedRequest request) {
  const std::lock_guard lock(mutex_);
  requests_.push_back(std::move(request));
  return requests_.size() - 1;
}

std::size_t BrokerBook::term() const {
  const std::lock_guard lock(mutex_);
  return term_;
}

void BrokerBook::endTerm() {
  const std::lock_guard lock(mutex_);
  ++term_;
}

Decision BrokerBook::act(std::size_t number, std::size_t term) {
  const std::lock_guard lock(mutex_);
  // guard: the mock acts on nothing from before a restart
  if (term != term_) return {{}, Delivery::Cut};
  ReceivedRequest& request = requests_.at(number);
  const WallTime now = clock_();
  const RateWindow::Count count = rateWindow_.count(now);
  Decision decision;
  std::optional<ScriptedOutcome> outcome = faults_.next(request);
  if (!outcome) {
    decision.answer = decide(request, count);
  } else if (auto* const scripted = std::get_if<Answer>(&*outcome)) {
    decision.answer = std::move(*scripted);
  } else {
    const auto fault = std::get<MockFault>(*outcome);
    Answer own = actsFirst(fault) ? decide(request, count) : Answer{};
    request.status = own.status;
    if (request.method == "HEAD") own.body.clear();  // the client gets none
    decision = decisionOf(fault, std::move(own));
  }
  // If a fault came after acting, this keeps the broker's real decision, not what the client is told.
  if (request.status == 0) request.status = decision.answer.status;
  decision.delay = faults_.delayOf(request);
  addCommonHeaders(decision.answer, number, count, now);
  return decision;
}

Answer BrokerBook::decide(const ReceivedRequest& request, const RateWindow::Count& count) {
  if (options_.refuseBeyondRateLimit && count.beyondLimit) return tooManyRequests(count.retryAfter);
  const std::string authorization = request.header("Authorization");
  if (authorization.empty()) return errorAnswer(403, 40310000, "request is forbidden.");
  if (accepted_.count(comparable(authorization)) == 0) return errorAnswer(401, 40110000, "request is not authorized.");
  return actOn(routeOf(request.method, request.target), orders_, {clock_(), isMarketOpen_, options_.cancelAllBodies});
}

void BrokerBook::addCommonHeaders(Answer& answer, std::size_t number, const RateWindow::Count& count,
                                  WallTime now) const {
  addUnlessScripted(answer, "X-Request-ID", requestIdFor(number + 1));
  addUnlessScripted(answer, "X-RateLimit-Limit", std::to_string(options_.rateLimit));
  addUnlessScripted(answer, "X-RateLimit-Remaining", std::to_string(count.remaining));
  addUnlessScripted(answer, "X-RateLimit-Reset", std::to_string(count.resetAt.count()));
  addUnlessScripted(answer, "Date", httpDate(now));
}

bool BrokerBook::handOver(std::size_t number, std::size_t term, int status) {
  const std::lock_guard lock(mutex_);
  // guard: the mock answers nothing from before a restart
  if (term != term_) return false;
  requests_.at(number).statusTold = status;
  return true;
}

}  // namespace alpaca::broker::testing
