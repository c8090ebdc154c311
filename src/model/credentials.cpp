#include <alpaca/broker/credentials.hpp>

#include "base/wipe.hpp"
#include "model/invalid_argument.hpp"

#include <alpaca/broker/error.hpp>

#include <cstdlib>
#include <string>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {
namespace {

Result<std::string> requiredVariable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): reads only
  if (value != nullptr && *value != '\0') return std::string(value);
  return model::invalidArgument("the environment variable " + std::string(name),
                                value == nullptr ? "is not set" : "is empty", "a Broker API credential");
}

}  // namespace

Credentials::Credentials(std::string key, std::string secret) : key_(std::move(key)), secret_(std::move(secret)) {}

Credentials::Credentials(const Credentials&) = default;

Credentials::Credentials(Credentials&& other) noexcept
    : key_(std::move(other.key_)), secret_(std::move(other.secret_)) {
  base::wipe(other.key_);  // moving a short string leaves its bytes behind
  base::wipe(other.secret_);
}

Credentials& Credentials::operator=(Credentials other) noexcept {
  key_.swap(other.key_);
  secret_.swap(other.secret_);
  return *this;
}

Credentials::~Credentials() {
  base::wipe(key_);
  base::wipe(secret_);
}

Credentials Credentials::fromEnvironment() { return tryFromEnvironment().value(); }

Result<Credentials> Credentials::tryFromEnvironment() {
  auto key = requiredVariable("ALPACA_BROKER_API_KEY");
  auto secret = requiredVariable("ALPACA_BROKER_API_SECRET");
  if (!key && !secret) key.error().message += " ALPACA_BROKER_API_SECRET is missing, too.";
  if (!key) return std::move(key).error();
  if (!secret) return std::move(secret).error();
  return Credentials(*std::move(key), *std::move(secret));
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
