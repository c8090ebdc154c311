#pragma once

#include "call/executor.hpp"
#include "model/invalid_argument.hpp"
#include "model/out_of_memory.hpp"
#include "platform/process.hpp"

#include <alpaca/broker/async.hpp>
#include <alpaca/broker/result.hpp>

#include <optional>
#include <utility>

namespace alpaca::broker::call {

/// The error of an asynchronous call without a callback.
inline Error noCallback() {
  return model::invalidArgument("The callback", "is empty", "a function that takes the result");
}

/// The error of a call that threw instead of returning a result, which happens when memory runs out. Allocates no
/// memory. A cancel that throws was not sent. A read may have sent something: some pages of a list, for example.
inline Error withoutResult(Lane lane) noexcept {
  Error error = model::outOfMemory();
  if (lane == Lane::Read) {
    error.kind = ErrorKind::InDoubt;
    error.call.attempts = 1;
    error.call.sends = 1;
  }
  return error;
}

/// Runs a call and passes its result to `ended`, which must not throw, and then to the callback, whatever happens. If
/// the call's observer forks, neither runs in the child: they would run a second time there.
template <class T, class Call, class Ended>
void complete(const Callback<T>& done, Lane lane, Call call, Ended ended) noexcept {
  const long process = platform::processId();
  std::optional<Result<T>> result;
  try {
    result.emplace(call());
  } catch (...) {
    result.emplace(withoutResult(lane));
  }
  // guard: no callback runs again in a child that the observer makes
  if (process != platform::processId()) return;
  ended(std::as_const(*result));
  if (process != platform::processId()) return;  // `ended` is the app's code, too
  try {
    done(*std::move(result));
    // guard: a callback's exception ends with it
  } catch (...) {  // NOLINT(bugprone-empty-catch): a callback's trouble is not the client's
  }
}

}  // namespace alpaca::broker::call
