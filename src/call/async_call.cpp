#include "call/async_call.hpp"

#include "model/invalid_argument.hpp"
#include "model/options_check.hpp"
#include "model/out_of_memory.hpp"

#include <string>

namespace alpaca::broker::call {
namespace {

Error refusal(ErrorKind kind, std::string message) {
  Error error;
  error.kind = kind;
  error.message = std::move(message);
  return error;
}

}  // namespace

std::optional<Error> validateAsync(bool hasCallback, const CallOptions& options) {
  if (!hasCallback)
    return model::invalidArgument("The callback", "is empty; nothing was sent", "what takes the result");
  std::optional<Error> fault = model::validate(options);
  if (fault) fault->message += " Nothing was sent.";
  return fault;
}

Result<Submitted> toResult(Submission submission, std::size_t capacity) {
  switch (submission) {
    case Submission::Accepted:
      return Submitted{};
    case Submission::QueueFull:
      return refusal(ErrorKind::NotSent, "The queue of asynchronous calls is full (" + std::to_string(capacity) +
                                             "): nothing was sent, and it is safe to call again.");
    case Submission::NoThread:
      return refusal(ErrorKind::NotSent,
                     "No thread could be started for asynchronous calls: nothing was sent, and it is safe to call "
                     "again, or synchronously.");
    case Submission::ShutDown:
      break;
  }
  return refusal(ErrorKind::Aborted, "The client is being destroyed: nothing was sent.");
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
