#include "credentials/renewal_result.hpp"

#include <array>
#include <cstddef>

namespace alpaca::broker::credentials {

RenewalText textOf(RenewalResult renewal) noexcept {
  // In the order of the enumerators.
  constexpr std::array<RenewalText, 9> kTexts{{
      {"newer credentials", ""},
      {"credentials unchanged", " The credentials provider returned the same credentials again."},
      {"unusable credentials",
       " The credentials provider returned unusable credentials: empty, with a control character, with a "
       "space at an end, or with a colon in the key."},
      {"provider failed", " The credentials provider threw an exception."},
      {"no thread", " No thread could be started to ask the credentials provider."},
      {"no newer credentials in time", " The credentials provider did not answer in time."},
      {"stopped", " The call was stopped while it waited for the credentials provider."},
      {"client destroyed", " The client was destroyed while the call waited for the credentials provider."},
      {"call of the provider", " The credentials provider made this call itself, so the call could not wait for it."},
  }};
  return kTexts.at(static_cast<std::size_t>(renewal));
}

}  // namespace alpaca::broker::credentials
