#include "credentials/credential_set.hpp"

#include <utility>

namespace alpaca::broker::credentials {

CredentialSet::CredentialSet(const Credentials& credentials, std::uint64_t number, std::string proxyPassword)
    : login_{credentials, number},
      proxyPassword_(std::move(proxyPassword)),
      redactor_(login_.credentials, proxyPassword_) {}

bool CredentialSet::isOf(const Credentials& credentials) const noexcept {
  return login_.credentials.key() == credentials.key() && login_.credentials.secret() == credentials.secret();
}

std::shared_ptr<const CredentialSet> CredentialSet::successor(const Credentials& credentials) const {
  return std::make_shared<const CredentialSet>(credentials, number() + 1, proxyPassword_);
}

}  // namespace alpaca::broker::credentials
