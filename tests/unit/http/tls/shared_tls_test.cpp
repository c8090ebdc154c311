#include "http/tls/shared_tls.hpp"

#include "testing/certificate.hpp"
#include "testing/temporary_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace alpaca::broker::http {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::TemporaryFile;

using Context = std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)>;

Context contextOf(const SSL_METHOD* method) { return {SSL_CTX_new(method), SSL_CTX_free}; }

class SharedTlsOfAClient : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!shared) GTEST_SKIP() << "libcurl uses a different TLS library than this build";
  }

  const TemporaryFile file{testing::makeCertificate().pem()};
  const std::shared_ptr<SharedTls> shared = makeSharedTls(file.path());
  std::string fault;
};

TEST_F(SharedTlsOfAClient, IsOneStoreForAllConnections) {
  const auto storeOf = [&](const Context& context) {
    EXPECT_TRUE(shared->prepare(context.get(), fault)) << fault;
    X509_STORE* store = nullptr;
    EXPECT_EQ(SSL_CTX_get0_verify_cert_store(context.get(), &store), 1);
    return store;
  };
  const Context first = contextOf(TLS_client_method());
  const Context second = contextOf(TLS_client_method());
  EXPECT_NE(storeOf(first), nullptr);
  EXPECT_EQ(storeOf(first), storeOf(second));
}

TEST_F(SharedTlsOfAClient, SaysWhichSettingHasNoAuthorities) {
  const TemporaryFile broken("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
  const auto other = makeSharedTls(broken.path());
  const Context context = contextOf(TLS_client_method());
  EXPECT_FALSE(other->prepare(context.get(), fault));
  EXPECT_THAT(fault, AllOf(HasSubstr("ClientOptions::tls.caFile"), HasSubstr(broken.path()), HasSubstr("cannot be")));
}

// A server's TLS method differs from a client's, just as the method of another copy of OpenSSL would.
TEST_F(SharedTlsOfAClient, LeavesAStrangeTlsLibraryAlone) {
  EXPECT_TRUE(shared->isUsable());
  const Context strange = contextOf(TLS_server_method());
  EXPECT_FALSE(shared->prepare(strange.get(), fault));
  EXPECT_THAT(fault, HasSubstr("TLS library of its own"));
  EXPECT_FALSE(shared->isUsable());
}

}  // namespace
}  // namespace alpaca::broker::http
