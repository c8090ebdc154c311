#include "workflows/warm_up.hpp"

#include "base/parallel_for.hpp"
#include "endpoints/get_clock.hpp"
#include "model/invalid_argument.hpp"
#include "workflows/call_sum.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace alpaca::broker::workflows {
namespace {

using TimePoint = call::CallPipeline::Clock::time_point;

std::optional<Error> validate(int connections, std::size_t max) {
  if (connections >= 1 && static_cast<std::size_t>(connections) <= max) return std::nullopt;
  return model::invalidArgument("warmUp's number of connections", "is " + std::to_string(connections),
                                "1 to " + std::to_string(max) + " (ClientOptions::maxConnections)");
}

bool refusesCredentials(const Error& error) noexcept {
  return error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Forbidden;
}

// The parallel requests of one warm-up, and their result.
class Round {
 public:
  Round(call::CallPipeline& pipeline, int wanted, TimePoint start) : pipeline_(pipeline), start_(start) {
    found_.requested = wanted;
  }

  Result<WarmUpReport> run(const call::CallLimits& limits) {
    const std::size_t cold = coldConnections();
    std::vector<Result<MarketClock>> answers(cold, Error{});
    base::parallelFor(cold, cold, [&](std::size_t i) {
      // guard: a warm-up checks the connections that are already open
      answers[i] = pipeline_.call(endpoints::get_clock::operation(start_), limits, start_);
    });
    for (auto& answer : answers) take(std::move(answer));
    call_.elapsed = pipeline_.now() - start_;
    // Refused credentials are refused on every connection, even if one connection still gets answers.
    const auto refusal = std::find_if(found_.failures.begin(), found_.failures.end(), refusesCredentials);
    // guard: a warm-up fails where credentials are refused
    if (refusal != found_.failures.end()) return failure(*refusal);
    if (cold > 0 && answered_ == 0) return failure(found_.failures.front());
    found_.warm = countWarm(cold);
    return {std::move(found_), std::move(call_)};
  }

 private:
  [[nodiscard]] std::size_t wanted() const noexcept { return static_cast<std::size_t>(found_.requested); }
  [[nodiscard]] std::size_t coldConnections() const { return pipeline_.coldConnections(wanted(), start_); }

  void take(Result<MarketClock> answer) {
    const CallInfo& call = answer.call();
    call_.attempts += call.attempts;
    call_.sends += call.sends;
    if (!answer) {
      found_.failures.push_back(std::move(answer).error());
      return;
    }
    ++answered_;
    if (found_.clock && found_.clock->timestamp.time > answer->timestamp.time) return;
    call_.requestId = call.requestId;
    call_.rateLimit = call.rateLimit;
    found_.clock = *std::move(answer);
  }

  [[nodiscard]] Error failure(Error error) const {
    CallInfo call = error.call;  // its request id and rate limit stay
    call.attempts = call_.attempts;
    call.sends = call_.sends;
    call.elapsed = call_.elapsed;
    return withCall(std::move(error), std::move(call));
  }

  // Counts a connection only if it was answered on or is in use. The transport's word is not enough: an open connection
  // may lead to something other than the broker. Connections that ended with the answer, or were lost since, do not
  // count.
  [[nodiscard]] int countWarm(std::size_t coldAtFirst) const {
    const std::size_t proven = wanted() - coldAtFirst + answered_;
    // guard: a warm-up counts no connection that was lost
    // guard: a warm-up counts no connection that leads elsewhere
    return static_cast<int>(std::min(proven, wanted() - coldConnections()));
  }

  call::CallPipeline& pipeline_;
  const TimePoint start_;
  WarmUpReport found_;
  CallInfo call_;
  std::size_t answered_ = 0;
};

}  // namespace

Result<WarmUpReport> warmUp(call::CallPipeline& pipeline, int connections, const CallOptions& options) {
  const auto start = pipeline.now();
  std::optional<Error> fault = validate(connections, pipeline.connections());
  if (!fault) fault = model::validate(options);
  if (fault) return *model::withNothingSent(std::move(fault));
  call::CallLimits limits = pipeline.limits(options, start);
  limits.permit = call::RateRequest{call::Priority::Read, limits.deadline};
  return Round(pipeline, connections, start).run(limits);
}

}  // namespace alpaca::broker::workflows
