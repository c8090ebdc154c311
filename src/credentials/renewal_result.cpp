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
    {"credentials unchanged", " The provider of credentials gave the same ones again."},
    {"unusable credentials",
     " The provider of credentials gave some that cannot be used: empty, or with a control "
     "character or, in the key, a colon."},
    {"provider failed", " The provider of credentials has thrown an exception."},
    {"no thread", " No thread could be started to ask the provider of credentials."},
    {"no newer credentials in time", " The provider of credentials has not answered in time."},
    {"stopped", " The call was stopped while the provider of credentials was asked."},
    {"client destroyed", " The client was destroyed while the provider of credentials was asked."},
    {"call of the provider",
     " The provider of credentials has made this call itself, so that none newer were to come."},
}};

}  // namespace

std::string_view reasonOf(RenewalResult renewal) noexcept {
  return kWords.at(static_cast<std::size_t>(renewal)).reason;
}

std::string_view explanationOf(RenewalResult renewal) noexcept {
  return kWords.at(static_cast<std::size_t>(renewal)).explanation;
}

}  // namespace alpaca::broker::credentials
