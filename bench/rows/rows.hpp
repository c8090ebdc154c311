#pragma once

#include "clients/client.hpp"
#include "rounds.hpp"

#include <vector>

/// One function for each part of the report. Each throws when a call fails.
namespace alpaca::broker::bench {

/// The ways to the server. The delayed ones lead through a line with a round trip of 20 ms.
struct Sites {
  Site loopback;
  Site delayed;
  Site delayedShortIdle;  ///< the server closes a connection after two idle seconds
  Site delayedClosing;    ///< the server closes a connection after each answer
};

struct Rounds {
  int rounds;
  std::size_t calls;  ///< in each round
};

struct BatchRounds {
  int connections;
  int rounds;
};

/// Returns `count` order ids. The server accepts a cancel of each.
Orders ordersOf(std::size_t count);

Json measureSingleCalls(const Site& site, const Rounds& rounds);
Json measureAfterIdle(const Sites& sites, int rounds);
Json measureBatch(const Sites& sites, const BatchRounds& batch);
Json measureOpenings(const Sites& sites, int rounds);
Json measureSubmits(const Sites& sites);
Json measureMemory(const Sites& sites, std::size_t calls);

}  // namespace alpaca::broker::bench
