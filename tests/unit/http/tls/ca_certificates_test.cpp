#include "http/tls/ca_certificates.hpp"

#include "http/tls/ca_file.hpp"

#include "support/scoped_environment.hpp"
#include "testing/certificate.hpp"
#include "testing/temporary_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <new>
#include <string>

#ifndef _WIN32
#include <sys/stat.h>
#endif

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
  CaCertificates authorities{{file.path(), "", "the file"}};
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

// As in libcurl, trust in an intermediate CA or in a single server certificate does not require the root certificate.
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
  EXPECT_TRUE(trusts(before, first));  // a connection with the old CA certificates is unaffected
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

#ifndef _WIN32
TEST_F(TlsAuthoritiesTest, StayInForceWhenAPipeTakesTheFilesPlace) {
  const Trust before = look();
  std::filesystem::remove(file.path());
  ASSERT_EQ(::mkfifo(file.path().c_str(), S_IRWXU), 0);
  EXPECT_EQ(look().store, before.store);
}
#endif

TEST_F(TlsAuthoritiesTest, OfMoreThan2MiBAreNamedAndNotParsed) {
  overwriteBy(first.pem() + std::string(kMaxCaFileBytes, '\n'));
  EXPECT_EQ(look().store, nullptr);
  EXPECT_THAT(fault, HasSubstr("the file is larger than 2 MiB"));
}

TEST_F(TlsAuthoritiesTest, MayHaveRevocationListsAmongThem) {
  const std::unique_ptr<X509_CRL, void (*)(X509_CRL*)> list(X509_CRL_new(), X509_CRL_free);
  const std::unique_ptr<ASN1_TIME, void (*)(ASN1_TIME*)> now(X509_gmtime_adj(nullptr, 0), ASN1_TIME_free);
  X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(first.certificate.get()));
  X509_CRL_set1_lastUpdate(list.get(), now.get());
  ASSERT_GT(X509_CRL_sign(list.get(), first.key.get(), EVP_sha256()), 0);
  const std::unique_ptr<BIO, void (*)(BIO*)> text(BIO_new(BIO_s_mem()), [](BIO* bio) { BIO_free(bio); });
  ASSERT_EQ(PEM_write_bio_X509_CRL(text.get(), list.get()), 1);
  char* start = nullptr;
  const long size = BIO_get_mem_data(text.get(), &start);
  overwriteBy(std::string(start, static_cast<std::size_t>(size)) + first.pem());
  const Trust trust = look();
  ASSERT_NE(trust.store, nullptr) << fault;
  EXPECT_EQ(sk_X509_OBJECT_num(X509_STORE_get0_objects(trust.store.get())), 2);
  EXPECT_TRUE(trusts(trust, first));
}

// OpenSSL reports lack of memory like a fault in the file. Lack of memory says nothing about the next attempt.
TEST_F(TlsAuthoritiesTest, AreReadAgainWhenThereWasNoMemoryForThem) {
  overwriteBy("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
  ERR_put_error(ERR_LIB_X509, 0, ERR_R_MALLOC_FAILURE, __FILE__, __LINE__);
  EXPECT_THROW(look(), std::bad_alloc);
  EXPECT_EQ(ERR_peek_error(), 0UL);
  overwriteBy(first.pem());
  EXPECT_TRUE(trusts(look(), first));
}

TEST_F(TlsAuthoritiesTest, ThatWereNeverReadableAreNamedUntilTheyAre) {
  overwriteBy("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
  EXPECT_EQ(look().store, nullptr);
  EXPECT_THAT(fault, AllOf(HasSubstr("the file"), HasSubstr("cannot be read: ")));
  EXPECT_EQ(ERR_peek_error(), 0UL);  // libcurl would take a leftover error for its own

  overwriteBy(first.pem());
  EXPECT_TRUE(trusts(look(), first));
}

TEST_F(TlsAuthoritiesTest, AreFoundInAFolderToo) {
  const std::filesystem::path folder = file.path() + ".d";
  std::filesystem::create_directory(folder);
  CaCertificates inFolder{{"", folder.string(), "the folder"}};
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
