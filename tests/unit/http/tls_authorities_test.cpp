#include "http/tls_authorities.hpp"

#include "support/scoped_environment.hpp"
#include "testing/certificate.hpp"
#include "testing/temporary_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace alpaca::broker::http {
namespace {

using ::testing::AllOf;
using testing::Certificate;
using ::testing::HasSubstr;
using testing::makeCertificate;
using testing::TemporaryFile;

class TlsAuthoritiesTest : public ::testing::Test {
 protected:
  Trust look() {
    fault.clear();
    return authorities.current(fault);
  }

  void replaceBy(const std::string& text) const {
    const TemporaryFile complete(text);
    std::filesystem::rename(complete.path(), file.path());
  }
  void overwriteBy(const std::string& text) const { std::ofstream(file.path(), std::ios::binary) << text; }

  static bool trusts(const Trust& trust, const Certificate& server) {
    const std::unique_ptr<X509_STORE_CTX, void (*)(X509_STORE_CTX*)> check(X509_STORE_CTX_new(), X509_STORE_CTX_free);
    X509_STORE_CTX_init(check.get(), trust.store.get(), server.certificate.get(), nullptr);
    return X509_verify_cert(check.get()) == 1;
  }

  const Certificate first = makeCertificate();
  const Certificate second = makeCertificate();
  TemporaryFile file{first.pem()};
  TlsAuthorities authorities{{file.path(), "", "the file"}};
  std::string fault;
};

TEST_F(TlsAuthoritiesTest, AreThoseOfTheFileAndNoOthers) {
  const TemporaryFile others(second.pem());
  const test::ScopedEnvironment named("SSL_CERT_FILE", others.path().c_str());
  const Trust trust = look();
  EXPECT_TRUE(trusts(trust, first));
  EXPECT_FALSE(trusts(trust, second));
  EXPECT_EQ(sk_X509_OBJECT_num(X509_STORE_get0_objects(trust.store.get())), 1);
}

// As libcurl has it: whoever trusts an intermediate authority, or just the one server, need not trust the root.
TEST_F(TlsAuthoritiesTest, NeedNotVouchForThemselves) {
  const Certificate& root = second;
  Certificate server = makeCertificate();
  X509_set_issuer_name(server.certificate.get(), X509_get_subject_name(root.certificate.get()));
  ASSERT_GT(X509_sign(server.certificate.get(), root.key.get(), EVP_sha256()), 0);
  replaceBy(server.pem());
  EXPECT_TRUE(trusts(look(), server));
}

TEST_F(TlsAuthoritiesTest, AreReadOnce) {
  const Trust before = look();
  const Trust after = look();
  EXPECT_EQ(after.store, before.store);
  EXPECT_EQ(after.number, before.number);
}

TEST_F(TlsAuthoritiesTest, AreReadAgainWhenTheFileIsAnother) {
  const Trust before = look();
  replaceBy(second.pem());
  const Trust after = look();
  EXPECT_GT(after.number, before.number);
  EXPECT_TRUE(trusts(after, second));
  EXPECT_FALSE(trusts(after, first));
  EXPECT_TRUE(trusts(before, first));  // who still has the old ones is not disturbed
}

TEST_F(TlsAuthoritiesTest, StayInForceWhileTheFileIsNotReadable) {
  const Trust before = look();
  const std::string whole = second.pem();
  for (const std::string& text : {std::string(), whole.substr(0, whole.size() / 2), std::string("nonsense")}) {
    overwriteBy(text);
    const Trust meanwhile = look();
    EXPECT_EQ(meanwhile.store, before.store) << text;
    EXPECT_EQ(meanwhile.number, before.number) << text;
    EXPECT_EQ(fault, "");
  }
  std::filesystem::remove(file.path());
  EXPECT_EQ(look().store, before.store);

  overwriteBy(whole);
  EXPECT_TRUE(trusts(look(), second));
}

TEST_F(TlsAuthoritiesTest, ThatWereNeverReadableAreNamedUntilTheyAre) {
  overwriteBy("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
  EXPECT_EQ(look().store, nullptr);
  EXPECT_THAT(fault, AllOf(HasSubstr("the file"), HasSubstr("cannot be read: ")));
  EXPECT_EQ(ERR_peek_error(), 0UL);  // libcurl would take it for its own

  overwriteBy(first.pem());
  EXPECT_TRUE(trusts(look(), first));
}

TEST_F(TlsAuthoritiesTest, AreFoundInAFolderToo) {
  const std::filesystem::path folder = file.path() + ".d";
  std::filesystem::create_directory(folder);
  TlsAuthorities inFolder{{"", folder.string(), "the folder"}};
  const Trust before = inFolder.current(fault);
  EXPECT_FALSE(trusts(before, first));

  std::array<char, 16> name{};
  std::snprintf(name.data(), name.size(), "%08lx.0", X509_subject_name_hash(first.certificate.get()));
  std::filesystem::copy_file(file.path(), folder / name.data());
  std::filesystem::last_write_time(folder, std::filesystem::last_write_time(folder) + std::chrono::seconds(1));
  const Trust after = inFolder.current(fault);
  EXPECT_GT(after.number, before.number);
  EXPECT_TRUE(trusts(after, first));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace alpaca::broker::http
