#include <alpaca/broker/credentials.hpp>

#include "core/invalid_argument.hpp"
#include "http/wipe.hpp"

#include <alpaca/broker/error.hpp>

#include <cstdlib>
#include <utility>

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {
namespace {

std::string requiredVariable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): reads only
  if (value == nullptr || *value == '\0') {
    throw BrokerError(core::invalidArgument("the environment variable " + std::string(name),
                                            value == nullptr ? "is not set" : "is empty", "a Broker API credential"));
  }
  return value;
}

}  // namespace

Credentials::Credentials(std::string key, std::string secret) : key_(std::move(key)), secret_(std::move(secret)) {}

Credentials::Credentials(const Credentials&) = default;

Credentials::Credentials(Credentials&& other) noexcept
    : key_(std::move(other.key_)), secret_(std::move(other.secret_)) {
  http::wipe(other.key_);  // moving a short string leaves its bytes behind
  http::wipe(other.secret_);
}

Credentials& Credentials::operator=(Credentials other) noexcept {
  key_.swap(other.key_);
  secret_.swap(other.secret_);
  return *this;
}

Credentials::~Credentials() {
  http::wipe(key_);
  http::wipe(secret_);
}

Credentials Credentials::fromEnvironment() {
  return {requiredVariable("ALPACA_BROKER_API_KEY"), requiredVariable("ALPACA_BROKER_API_SECRET")};
}

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
