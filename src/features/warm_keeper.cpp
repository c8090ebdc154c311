#include "features/warm_keeper.hpp"

#include "core/join_unless_own.hpp"
#include "core/rate_turn.hpp"
#include "endpoints/get_clock.hpp"
#include "features/warm_pace.hpp"
#include "platform/process.hpp"

#include <utility>

namespace alpaca::broker::features {
namespace {

// Asks on one cold connection.
// @return false when another one would fare no better: only after silence is it worth looking at the next connection,
// as that one may have been dead for long. Nor in a child that the observer has made, where locks may be held for ever.
bool warmOne(core::Caller& caller, WarmPace::TimePoint unusedSince) {
  const long process = platform::processId();
  const auto start = caller.now();
  CallOptions once;
  once.maxAttempts = 1;
  const auto operation = endpoints::get_clock::operation(unusedSince);
  const auto answer = caller.call(operation, caller.limits(once, start), start);
  if (process != platform::processId()) return false;
  return answer || answer.error().kind == ErrorKind::InDoubt;
}

// @return how many requests were tried
std::size_t warmCold(core::Caller& caller, const WarmPace& pace) noexcept try {
  const std::size_t most = pace.requestsFor(caller.coldConnections(pace.wanted(), pace.unusedSince()));
  for (std::size_t tried = 0; tried < most; ++tried) {
    const core::RateTurn turn(caller, core::RateUse::Read, {caller.now()});  // now or not at all
    if (!turn.granted()) return tried;
    if (!warmOne(caller, pace.unusedSince())) return tried + 1;
  }
  return most;
} catch (...) {  // no memory, and no telling how far it got; the next interval is the next chance
  return pace.wanted();
}

}  // namespace

void keepWarm(core::Caller& caller, const KeepWarmOptions& options) {
  const long process = platform::processId();
  WarmPace pace(options, caller.now());
  do {
    const std::size_t requests = warmCold(caller, pace);
    if (platform::processId() != process) return;
    pace.looked(requests, caller.now());
  } while (caller.pause(pace.due(), {}));
}

void WarmKeeper::start(std::shared_ptr<core::Caller> caller, const KeepWarmOptions& options) {
  if (options.connections == 0) return;
  thread_ = std::thread([caller = std::move(caller), options, released = release_.get_future()] {
    const long process = platform::processId();
    keepWarm(*caller, options);
    if (platform::processId() == process) released.wait();
  });
}

void WarmKeeper::abandon() {
  if (thread_.joinable()) thread_.detach();
}

void WarmKeeper::join() {
  if (!thread_.joinable()) return;
  release_.set_value();
  core::joinUnlessOwn(thread_);
}

}  // namespace alpaca::broker::features
