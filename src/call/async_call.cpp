#include "call/async_call.hpp"

#include "model/invalid_argument.hpp"
#include "model/options_check.hpp"
#include "model/out_of_memory.hpp"

namespace alpaca::broker::call {

std::optional<Error> validateAsync(bool hasCallback, const CallOptions& options) {
  if (!hasCallback)
    return model::invalidArgument("The callback", "is empty; nothing was sent", "what takes the result");
  std::optional<Error> fault = model::validate(options);
  if (fault) fault->message += " Nothing was sent.";
  return fault;
}

Error withoutResult(Lane lane) noexcept {
  Error error = model::outOfMemory();
  if (lane == Lane::Read) {
    error.kind = ErrorKind::InDoubt;
    error.call.attempts = 1;
    error.call.sends = 1;
  }
  return error;
}

}  // namespace alpaca::broker::call
