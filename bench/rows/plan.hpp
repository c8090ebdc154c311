#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace alpaca::broker::bench {

/// So many rounds, of so many calls each.
struct Rounds {
  int rounds = 0;
  std::size_t calls = 0;
};

/// A row for each link.
struct PerLink {
  Rounds loopback;
  Rounds delayed;
};

struct BatchCase {
  std::size_t count;
  int connections;
  int loopbackRounds;
  int delayedRounds;   ///< 0: not at all
  bool delayedForAll;  ///< or, where that takes too long, for the limit and the SDK's batch only
};

/// How much is measured.
struct Plan {
  std::string mode;
  PerLink warm;
  PerLink refused;
  PerLink cold;
  int idleRounds;  // a third of them on loopback
  std::vector<BatchCase> batches;
  double contentionSeconds;
  int openingRounds;
  std::size_t memoryCalls;
};

Plan quickPlan();    ///< three minutes
Plan defaultPlan();  ///< twelve minutes
Plan fullPlan();     ///< more than half an hour

}  // namespace alpaca::broker::bench
