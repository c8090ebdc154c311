#pragma once

#include "model/out_of_memory.hpp"

#include <alpaca/broker/cancel.hpp>
#include <alpaca/broker/confirm.hpp>
#include <alpaca/broker/result.hpp>

#include <new>
#include <utility>

namespace alpaca::broker::workflows {

/// The facts of an answer without its texts. Allocates no memory.
/// @{
inline CancelAccepted bare(const CancelAccepted& /*answer*/) noexcept { return {}; }
inline CancelConfirmation bare(const CancelConfirmation& answer) noexcept {
  CancelConfirmation facts;
  facts.outcome = answer.outcome;
  facts.pendingReason = answer.pendingReason;
  facts.cancelAccepted = answer.cancelAccepted;
  facts.reads = answer.reads;
  return facts;
}
/// @}

inline CallInfo bare(const CallInfo& call) noexcept {
  CallInfo facts;
  facts.attempts = call.attempts;
  facts.sends = call.sends;
  facts.elapsed = call.elapsed;
  return facts;
}

/// Copies the result of an order that is in a batch twice. When memory runs out, it drops the texts and keeps the
/// facts.
template <class T>
void copyResult(const Result<T>& from, Result<T>& to) noexcept try {
  to = from;
} catch (const std::bad_alloc&) {
  if (from) {
    to = Result<T>(bare(*from), bare(from.call()));
    return;
  }
  Error error = model::outOfMemory();
  error.kind = from.error().kind;
  error.maybeApplied = from.error().maybeApplied;
  error.httpStatus = from.error().httpStatus;
  error.call = bare(from.call());
  to = std::move(error);
}

}  // namespace alpaca::broker::workflows
