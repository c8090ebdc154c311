#pragma once

#include "nginx/nginx_server.hpp"

#include <alpaca/broker.hpp>

#include <optional>
#include <string>
#include <vector>

namespace alpaca::broker::test {

/// What the client reported about one cancel.
struct Told {
  std::string order;
  std::optional<ErrorKind> failure;  ///< empty: accepted
  bool maybeApplied = false;
  int sends = 0;
};

/// Cancels an order and records the outcome.
Told cancel(BrokerClient& client, const std::string& order);

std::size_t accepted(const std::vector<Told>& results);
std::size_t inDoubt(const std::vector<Told>& results);

/// The honesty oracle: compares the reported outcomes with nginx's log, order by order. Call it once nginx has stopped.
///
/// nginx writes a line when it is done with a request, after the answer. A killed worker logs nothing about the
/// requests in progress. So the log may show fewer requests than there were, but never more. *At most* n lines is
/// always safe to expect; *at least* one is safe only up to `lostLines`.
void expectHonest(const std::vector<Told>& results, const std::vector<LoggedRequest>& log, std::size_t lostLines = 0);

}  // namespace alpaca::broker::test
