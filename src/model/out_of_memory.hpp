#pragma once

#include <alpaca/broker/error.hpp>

#include <new>

namespace alpaca::broker::model {

/// The error of a request that was not sent because memory ran out. Allocates no memory itself.
inline Error outOfMemory() noexcept {
  Error error;
  error.kind = ErrorKind::NotSent;
  try {
    error.message = "Out of memory.";  // short enough to need no heap memory
  } catch (const std::bad_alloc&) {    // NOLINT(bugprone-empty-catch): then without words
  }
  return error;
}

}  // namespace alpaca::broker::model
