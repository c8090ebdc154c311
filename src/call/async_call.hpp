#pragma once

#include "call/executor.hpp"
#include "platform/process.hpp"

#include <alpaca/broker/async.hpp>
#include <alpaca/broker/options.hpp>
#include <alpaca/broker/result.hpp>

#include <future>
#include <memory>
#include <optional>
#include <utility>

namespace alpaca::broker::call {

/// The first thing about an asynchronous call that cannot work.
std::optional<Error> validateAsync(bool hasCallback, const CallOptions& options);

/// What to tell the caller about a submission.
Result<Submitted> toResult(Submission submission, std::size_t capacity);

/// For a call that threw instead of giving a result, which it does when memory runs out. Takes no memory itself. A
/// cancel that throws was not sent; of a list of orders, some pages may have been asked for.
Error withoutResult(Lane lane) noexcept;

/// Runs a call and hands its result over, whatever happens. Not in a child that the call's observer has made by fork():
/// there, the callback would run a second time.
template <class T, class Call>
void complete(const Callback<T>& done, Lane lane, Call call) noexcept {
  const long process = platform::processId();
  std::optional<Result<T>> result;
  try {
    result.emplace(call());
  } catch (...) {
    result.emplace(withoutResult(lane));
  }
  // guard: no callback runs again in a child that the observer makes
  if (process != platform::processId()) return;
  try {
    done(*std::move(result));
    // guard: a callback's exception ends with it
  } catch (...) {  // NOLINT(bugprone-empty-catch): a callback's trouble is not the client's
  }
}

/// The same call with its result, or its refusal, in a future.
template <class T, class Submit>
std::future<Result<T>> inFuture(Submit submit) {
  const auto promise = std::make_shared<std::promise<Result<T>>>();
  std::future<Result<T>> future = promise->get_future();
  Result<Submitted> submitted = submit([promise](Result<T> result) { promise->set_value(std::move(result)); });
  if (!submitted) promise->set_value(std::move(submitted).error());
  return future;
}

}  // namespace alpaca::broker::call
