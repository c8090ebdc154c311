#pragma once

#include <alpaca/broker/error.hpp>

#include <new>

namespace alpaca::broker::model {

/// What becomes of a request that was not sent because memory ran out. Takes no memory itself.
inline Error outOfMemory() noexcept {
  Error error;
  error.kind = ErrorKind::NotSent;
  try {
    error.message = "Out of memory.";  // so short that a string has room for it in itself
  } catch (const std::bad_alloc&) {    // NOLINT(bugprone-empty-catch): then without words
  }
  return error;
}

}  // namespace alpaca::broker::model
