#pragma once

#include <string_view>

namespace alpaca::broker::credentials {

/// What became of asking for newer credentials.
enum class RenewalResult {
  Newer,      ///< there are some
  Unchanged,  ///< the provider gave those that were refused
  Unusable,   ///< it gave what cannot be used
  Failed,     ///< it threw
  NoThread,   ///< there was none to ask it
  TimeUp,     ///< it did not answer in time
  Stopped,    ///< the call was stopped
  Closed,     ///< the client is being destroyed
  OwnCall,    ///< the provider itself made the call, and cannot wait for itself
};

/// A word for observers.
std::string_view reasonOf(RenewalResult renewal) noexcept;

/// A sentence to put behind the message of the error, with a space in front; empty when there is nothing to say.
std::string_view explanationOf(RenewalResult renewal) noexcept;

}  // namespace alpaca::broker::credentials
