// The code of docs/security.md.
#include "desk.hpp"

#include <string>

using testing::HasSubstr;
using testing::Not;

namespace {

broker::testing::MockBrokerOptions overTls() {
  broker::testing::MockBrokerOptions options;
  options.tls = true;
  return options;
}

struct Vault {
  std::string key;
  std::string secret;
};

class Security : public Desk {
 protected:
  Security() : Desk(overTls()) {}
};

TEST_F(Security, TakesCredentialsAndAuthoritiesFromWhereYouKeepThem) {
  const Vault vault{mock.credentials().key(), mock.credentials().secret()};
  const std::string authorities = mock.caFile();
  broker::ClientOptions options;
  options.baseUrl = mock.url();

  options.tls.caFile = authorities;  // a PEM file: these CA certificates, instead of the system's
  broker::BrokerClient client{broker::Credentials{vault.key, vault.secret}, options};

  EXPECT_TRUE(client.cancelOrder(account, order));
}

TEST_F(Security, TrustsNobodyElse) {
  broker::ClientOptions options;
  options.baseUrl = mock.url();
  broker::BrokerClient client{mock.credentials(), options};

  const auto result = client.cancelOrder(account, order);  // an untrusted certificate
  EXPECT_EQ(result.error().kind, broker::ErrorKind::NotSent);
  EXPECT_EQ(result.error().call.attempts, 1);  // no retry: it would fail again
}

TEST_F(Security, LogsNoCredential) {
  const std::string secret = mock.credentials().secret();
  mock.failNext(500, "you sent " + secret);
  mock.failNext(500, "you sent " + secret);
  mock.failNext(500, "you sent " + secret);
  const auto result = client.cancelOrder(account, order);
  EXPECT_THAT(result.error().body, Not(HasSubstr(secret)));
}

}  // namespace
