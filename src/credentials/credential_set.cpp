#include "credentials/credential_set.hpp"

#include <utility>

namespace alpaca::broker::credentials {

Generation::Generation(const Credentials& credentials, std::uint64_t number, std::string proxyPassword)
    : login_{credentials, number},
      proxyPassword_(std::move(proxyPassword)),
      redactor_(login_.credentials, proxyPassword_) {}

bool Generation::isOf(const Credentials& credentials) const noexcept {
  return login_.credentials.key() == credentials.key() && login_.credentials.secret() == credentials.secret();
}

std::shared_ptr<const Generation> Generation::successor(const Credentials& credentials) const {
  return std::make_shared<const Generation>(credentials, number() + 1, proxyPassword_);
}

}  // namespace alpaca::broker::credentials
