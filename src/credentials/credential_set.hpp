#pragma once

#include "credentials/redactor.hpp"

#include <alpaca/broker/credentials.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace alpaca::broker::credentials {

/// One set of credentials, and the redactor that removes it from texts. It is wiped when the last call that uses it has
/// ended.
class CredentialSet {
 public:
  CredentialSet(Credentials credentials, std::uint64_t number, std::string proxyPassword)
      : credentials_(std::move(credentials)),
        number_(number),
        proxyPassword_(std::move(proxyPassword)),
        redactor_(credentials_, proxyPassword_) {}

  [[nodiscard]] const Credentials& credentials() const noexcept { return credentials_; }
  /// Unique within a client, and at least 1.
  [[nodiscard]] std::uint64_t number() const noexcept { return number_; }
  [[nodiscard]] const Redactor& redactor() const noexcept { return redactor_; }

  [[nodiscard]] bool isOf(const Credentials& credentials) const noexcept {
    return credentials_.key() == credentials.key() && credentials_.secret() == credentials.secret();
  }

  /// Makes the next set, with the next number and the same proxy password.
  [[nodiscard]] std::shared_ptr<const CredentialSet> successor(const Credentials& credentials) const {
    return std::make_shared<const CredentialSet>(credentials, number_ + 1, proxyPassword_);
  }

 private:
  const Credentials credentials_;
  const std::uint64_t number_;
  const std::string proxyPassword_;
  const Redactor redactor_;
};

}  // namespace alpaca::broker::credentials
