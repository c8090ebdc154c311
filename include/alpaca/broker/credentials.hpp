#pragma once

#include <alpaca/broker/export.hpp>
#include <alpaca/broker/result.hpp>
#include <alpaca/broker/version.hpp>

#include <string>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// A Broker API key and its secret.
///
/// The library never prints or logs either of them, nor puts them into a message. Where a server's answer repeats them,
/// they are taken out as `Error` says. The object overwrites its own memory when it ends; copies that were made
/// elsewhere (by you, by libcurl) are theirs to care for.
class ALPACA_BROKER_EXPORT Credentials {  // NOLINT(cppcoreguidelines-special-member-functions): = takes both
 public:
  /// Takes them as they are; the client that is made with them says whether they can be used.
  Credentials(std::string key, std::string secret);

  /// Whatever a copy, a move or an assignment leaves behind is overwritten.
  /// @{
  Credentials(const Credentials&);
  Credentials(Credentials&&) noexcept;
  Credentials& operator=(Credentials) noexcept;
  /// @}
  ~Credentials();

  /// Reads `ALPACA_BROKER_API_KEY` and `ALPACA_BROKER_API_SECRET`, now and never again.
  ///
  /// @throws BrokerError (`InvalidArgument`) naming the variable that is unset or empty.
  static Credentials fromEnvironment();

  /// The same without exceptions: the error instead of the throw.
  static Result<Credentials> tryFromEnvironment();

  /// As they were given. Not for logs.
  /// @{
  [[nodiscard]] const std::string& key() const noexcept ALPACA_BROKER_LIFETIMEBOUND { return key_; }
  [[nodiscard]] const std::string& secret() const noexcept ALPACA_BROKER_LIFETIMEBOUND { return secret_; }
  /// @}

 private:
  std::string key_;
  std::string secret_;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
