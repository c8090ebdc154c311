#pragma once

#include "call/async_call.hpp"
#include "call/executor.hpp"
#include "call/pipeline.hpp"
#include "client_call_end.hpp"
#include "model/invalid_argument.hpp"
#include "model/options_check.hpp"

#include <alpaca/broker/async.hpp>
#include <alpaca/broker/call_options.hpp>
#include <alpaca/broker/confirm.hpp>

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

/// How the facade runs a call, on the calling thread or on the client's own.
namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// Runs a workflow. Copies the pointer, because a call may outlive a client that is destroyed meanwhile.
template <class Impl, class Workflow, class... Arguments>
auto runOn(std::shared_ptr<Impl> impl, const CallSubject& subject, const Workflow& workflow,
           const Arguments&... arguments) -> decltype(workflow(impl->pipeline, arguments...)) {
  if (auto reason = Impl::whyUnusable(impl)) return *std::move(reason);
  auto result = workflow(impl->pipeline, arguments...);
  impl->tellEnd(subject, result);
  return result;
}

/// The workflow that makes one call.
template <class T>
auto calling(call::Operation<T> operation) {
  return [operation = std::move(operation)](call::CallPipeline& pipeline, const auto&... limits) {
    return pipeline.call(operation, limits...);
  };
}

/// Submits the task that `makeTask(start)` returns to the client's own threads. Time counts from here. `fault` is what
/// is wrong with the arguments of the call.
template <class Impl, class MakeTask>
Result<Submitted> submitOn(std::shared_ptr<Impl> impl, const CallSubject& subject, call::Lane lane,
                           std::optional<Error> fault, const MakeTask& makeTask) {
  if (auto reason = Impl::whyUnusable(impl)) return *std::move(reason);
  Result<Submitted> submitted =
      fault ? Result<Submitted>(*std::move(fault)) : impl->executor.submit(lane, makeTask(impl, impl->pipeline.now()));
  if (!submitted) impl->tellEnd(subject, submitted);
  return submitted;
}

/// What is wrong with a callback or the options of a call.
template <class T>
std::optional<Error> faultOf(const Callback<T>& done, const CallOptions& options) {
  return model::withNothingSent(done ? model::validate(options) : call::noCallback());
}
template <class T>
std::optional<Error> faultOf(const Callback<T>& done, const ConfirmOptions& options) {
  return done ? model::validate(options) : model::withNothingSent(call::noCallback());
}

/// Runs a workflow on the client's own threads, with limits that need no further check. The callback may run, and end
/// the client, before this function returns.
template <class Impl, class T, class Workflow>
Result<Submitted> submitCall(std::shared_ptr<Impl> impl, const CallSubject& subject, call::Lane lane, Workflow workflow,
                             Callback<T> done, const CallOptions& options, std::optional<Error> fault = {}) {
  if (!fault) fault = faultOf(done, options);
  return submitOn(impl, subject, lane, std::move(fault), [&](const std::shared_ptr<Impl>& owner, auto start) {
    return [inside = owner, lane, workflow = std::move(workflow), done = std::move(done), options, start,
            about = owner->kept(subject)]() mutable {
      // guard: the deadline of an asynchronous call counts from its submission
      const auto run = [&] { return workflow(inside->pipeline, inside->pipeline.limits(options, start), start); };
      call::complete(done, lane, run, [&](const auto& result) {
        inside->tellEnd(about, result);
        inside.reset();  // before the callback: if that ends the client, nothing stays behind
      });
    };
  });
}

inline CallSubject about(std::string_view operation, const AccountId& account, const CallOptions& options) {
  return {operation, account.str(), {}, options.context.get()};
}

inline CallSubject about(std::string_view operation, const AccountId& account, const OrderId& order,
                         const CallOptions& options) {
  return {operation, account.str(), order.str(), options.context.get()};
}

inline CallSubject about(std::string_view operation, const CallOptions& options) {
  return {operation, {}, {}, options.context.get()};
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
