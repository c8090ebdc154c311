#pragma once

#include <alpaca/broker/error.hpp>

#include <new>
#include <string_view>

namespace alpaca::broker::model {

/// Corrects an error of something that was sent before: it may end unanswered, but not unsent.
inline void denyUnsent(Error& error) noexcept try {
  // guard: a stop after doubt is in doubt
  // guard: not sent after doubt is in doubt
  const bool saysNotSent = error.kind == ErrorKind::NotSent || error.kind == ErrorKind::Aborted;
  if (saysNotSent) error.kind = ErrorKind::InDoubt;
  constexpr std::string_view kNotSent = "The request was not sent";
  if (error.message.compare(0, kNotSent.size(), kNotSent) == 0) {
    error.message.replace(0, kNotSent.size(), "The last request was not sent");
  }
} catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): the kind is corrected all the same
}

}  // namespace alpaca::broker::model
