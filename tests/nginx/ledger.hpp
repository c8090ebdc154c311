#pragma once

#include "nginx/nginx_server.hpp"

#include <alpaca/broker.hpp>

#include <optional>
#include <string>
#include <vector>

namespace alpaca::broker::test {

/// What the caller of one cancel was told.
struct Told {
  std::string order;
  std::optional<ErrorKind> failure;  ///< none: accepted
  bool maybeApplied = false;
  int sends = 0;
};

/// Cancels an order and keeps what came of it.
Told cancel(BrokerClient& client, const std::string& order);

std::size_t accepted(const std::vector<Told>& told);
std::size_t inDoubt(const std::vector<Told>& told);

/// The honesty oracle: compares what the callers were told with what nginx wrote down, order by order. To be asked when
/// nginx has stopped.
///
/// nginx writes a line when it is done with a request, after the answer. A worker that is killed writes nothing about
/// the requests it was working on, so a killed one can make the log show fewer requests than there were, never more:
/// that a log has *at most* so many lines is safe to expect always, that it has *at least* one only up to `lostLines`.
void expectHonest(const std::vector<Told>& told, const std::vector<LoggedRequest>& log, std::size_t lostLines = 0);

}  // namespace alpaca::broker::test
