#pragma once

#include <string_view>

namespace alpaca::broker::credentials {

/// The outcome of asking for newer credentials.
enum class RenewalResult {
  Newer,      ///< newer credentials are current now
  Unchanged,  ///< the provider returned the refused credentials again
  Unusable,   ///< it returned credentials that cannot be used
  Failed,     ///< it threw
  NoThread,   ///< no thread could be started to ask the provider
  TimedOut,   ///< the provider did not answer in time
  Stopped,    ///< the call was stopped
  Closed,     ///< the client is being destroyed
  OwnCall,    ///< the provider itself made the call, and cannot wait for itself
};

struct RenewalText {
  std::string_view reason;       ///< a few words for observers
  std::string_view explanation;  ///< to append to the error's message: a space and a sentence, or empty
};

RenewalText textOf(RenewalResult renewal) noexcept;

}  // namespace alpaca::broker::credentials
