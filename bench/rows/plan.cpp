#include "rows/plan.hpp"

namespace alpaca::broker::bench {

Plan quickPlan() {
  return {"quick",
          {{20, 100}, {3, 10}},
          {{10, 100}, {2, 10}},
          {{5, 4}, {3, 1}},
          3,
          {{1'000, 8, 2, 1, true}, {1'000, 32, 3, 3, true}, {1'000, 100, 2, 2, true}, {10'000, 32, 1, 0, false}},
          1.0,
          3,
          20'000};
}

Plan defaultPlan() {
  return {"default",
          {{60, 200}, {10, 20}},
          {{30, 200}, {5, 20}},
          {{20, 5}, {20, 2}},
          15,
          {{1'000, 1, 5, 1, true},
           {1'000, 8, 5, 2, true},
           {1'000, 32, 7, 7, true},
           {1'000, 100, 7, 7, true},
           {10'000, 1, 1, 0, false},
           {10'000, 8, 2, 1, false},
           {10'000, 32, 3, 1, true},
           {10'000, 100, 3, 3, true}},
          4.0,
          15,
          200'000};
}

Plan fullPlan() {
  Plan plan = defaultPlan();
  plan.mode = "full";
  plan.idleRounds = 30;
  plan.batches = {{1'000, 1, 5, 2, true},     {1'000, 8, 5, 5, true},   {1'000, 32, 11, 11, true},
                  {1'000, 100, 11, 11, true}, {10'000, 1, 3, 1, false}, {10'000, 8, 3, 2, true},
                  {10'000, 32, 5, 5, true},   {10'000, 100, 5, 5, true}};
  plan.contentionSeconds = 10;
  plan.openingRounds = 30;
  plan.memoryCalls = 1'000'000;
  return plan;
}

}  // namespace alpaca::broker::bench
