#pragma once

#include <alpaca/broker/export.hpp>
#include <alpaca/broker/result.hpp>
#include <alpaca/broker/version.hpp>

#include <string>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// A Broker API key and its secret.
///
/// The library never prints or logs them, and never puts them into a message. It removes them from the answers of
/// servers, as `Error` describes. The object overwrites its own memory when it is destroyed. It cannot overwrite copies
/// that you or libcurl have made.
class ALPACA_BROKER_EXPORT Credentials {  // NOLINT(cppcoreguidelines-special-member-functions): = takes both
 public:
  /// Stores key and secret unchecked. The constructor of `BrokerClient` checks them: neither may be empty, hold a
  /// control character, or begin or end with a space, and the key may not hold a colon.
  Credentials(std::string key, std::string secret);

  /// Copies and moves. The memory of replaced or moved-from credentials is overwritten.
  /// @{
  Credentials(const Credentials&);
  Credentials(Credentials&&) noexcept;
  Credentials& operator=(Credentials) noexcept;
  /// @}
  ~Credentials();

  /// Reads the environment variables `ALPACA_BROKER_API_KEY` and `ALPACA_BROKER_API_SECRET`, once.
  ///
  /// @throws BrokerError (`InvalidArgument`) naming each variable that is unset or empty.
  static Credentials fromEnvironment();

  /// The same without exceptions: the error instead of the throw.
  static Result<Credentials> tryFromEnvironment();

  /// Key and secret, as given. Do not log them.
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
