#include "nginx/ledger.hpp"

#include "support/ids.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace alpaca::broker::test {
namespace {

struct Lines {
  int all = 0;
  int accepted = 0;
};

std::map<std::string, Lines> byOrder(const std::vector<LoggedRequest>& log) {
  std::map<std::string, Lines> lines;
  for (const LoggedRequest& request : log) {
    EXPECT_EQ(request.method, "DELETE");
    ++lines[request.order].all;
    if (request.status == 204) ++lines[request.order].accepted;
  }
  return lines;
}

void expectHonest(const Told& results, const Lines& lines) {
  EXPECT_LE(lines.all, results.sends) << "more requests than the client reported";
  if (results.failure == ErrorKind::NotSent || results.failure == ErrorKind::Aborted) {
    EXPECT_EQ(results.sends, 0);
    EXPECT_EQ(lines.all, 0) << "it was sent after all";
  }
  if (results.failure && lines.accepted > 0) {
    EXPECT_TRUE(results.maybeApplied) << "it was accepted";
  }
}

}  // namespace

Told cancel(BrokerClient& client, const std::string& order) {
  const auto result = client.cancelOrder(account(), OrderId::parse(order).value());
  if (result) return {order, std::nullopt, false, result.call().sends};
  const Error& error = result.error();
  return {order, error.kind, error.maybeApplied, error.call.sends};
}

std::size_t accepted(const std::vector<Told>& results) {
  return static_cast<std::size_t>(
      std::count_if(results.begin(), results.end(), [](const Told& one) { return !one.failure.has_value(); }));
}

std::size_t inDoubt(const std::vector<Told>& results) {
  return static_cast<std::size_t>(
      std::count_if(results.begin(), results.end(), [](const Told& one) { return one.maybeApplied; }));
}

void expectHonest(const std::vector<Told>& results, const std::vector<LoggedRequest>& log, std::size_t lostLines) {
  auto lines = byOrder(log);
  std::size_t acceptedWithoutLine = 0;
  for (const Told& one : results) {
    SCOPED_TRACE(one.order);
    const Lines seen = lines[one.order];
    lines.erase(one.order);
    expectHonest(one, seen);
    if (!one.failure && seen.accepted == 0) ++acceptedWithoutLine;
  }
  EXPECT_LE(acceptedWithoutLine, lostLines) << "the client reported an acceptance, but nginx logged none";
  for (const auto& [id, unknown] : lines) ADD_FAILURE() << "nobody asked to cancel \"" << id << '"';
}

}  // namespace alpaca::broker::test
