#pragma once

#include <alpaca/broker/error.hpp>

namespace alpaca::broker::model {

/// Corrects an error of something that was sent before: it may end unanswered, but not unsent.
inline void denyUnsent(Error& error) noexcept {
  // guard: a stop after doubt is in doubt
  // guard: not sent after doubt is in doubt
  const bool saysNotSent = error.kind == ErrorKind::NotSent || error.kind == ErrorKind::Aborted;
  if (saysNotSent) error.kind = ErrorKind::InDoubt;
}

}  // namespace alpaca::broker::model
