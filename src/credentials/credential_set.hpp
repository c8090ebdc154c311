#pragma once

#include "credentials/login.hpp"
#include "credentials/redactor.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace alpaca::broker::credentials {

/// One set of credentials, and the redactor that removes it from texts. It is wiped when the last call that uses it has
/// ended.
class CredentialSet {
 public:
  CredentialSet(const Credentials& credentials, std::uint64_t number, std::string proxyPassword);

  [[nodiscard]] const Login& login() const noexcept { return login_; }
  [[nodiscard]] std::uint64_t number() const noexcept { return login_.number; }
  [[nodiscard]] const Redactor& redactor() const noexcept { return redactor_; }
  [[nodiscard]] bool isOf(const Credentials& credentials) const noexcept;

  /// Makes the next set, with the next number and the same proxy password.
  [[nodiscard]] std::shared_ptr<const CredentialSet> successor(const Credentials& credentials) const;

 private:
  const Login login_;
  const std::string proxyPassword_;
  const Redactor redactor_;
};

}  // namespace alpaca::broker::credentials
