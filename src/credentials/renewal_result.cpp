#include "credentials/renewal_result.hpp"

#include <array>
#include <cstddef>

namespace alpaca::broker::credentials {
namespace {

struct Words {
  std::string_view reason;
  std::string_view explanation;
};

// In the order of the enumerators.
constexpr std::array<Words, 9> kWords{{
    {"newer credentials", ""},
    {"credentials unchanged", " The credentials provider returned the same credentials again."},
    {"unusable credentials",
     " The credentials provider returned unusable credentials: empty, with a control character, or with a colon in the "
     "key."},
    {"provider failed", " The credentials provider threw an exception."},
    {"no thread", " No thread could be started to ask the credentials provider."},
    {"no newer credentials in time", " The credentials provider did not answer in time."},
    {"stopped", " The call was stopped while it waited for the credentials provider."},
    {"client destroyed", " The client was destroyed while the call waited for the credentials provider."},
    {"call of the provider", " The credentials provider made this call itself, so the call could not wait for it."},
}};

}  // namespace

std::string_view reasonOf(RenewalResult renewal) noexcept {
  return kWords.at(static_cast<std::size_t>(renewal)).reason;
}

std::string_view explanationOf(RenewalResult renewal) noexcept {
  return kWords.at(static_cast<std::size_t>(renewal)).explanation;
}

}  // namespace alpaca::broker::credentials
