#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace alpaca::broker::testing {

struct OpenSslDeleter {
  void operator()(X509* certificate) const noexcept { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};

/// A self-signed certificate and its key: for tests only, made in memory and never stored.
struct Certificate {
  std::unique_ptr<X509, OpenSslDeleter> certificate;
  std::unique_ptr<EVP_PKEY, OpenSslDeleter> key;

  /// Returns the certificate as PEM text, for clients that have to trust it.
  [[nodiscard]] std::string pem() const;
};

/// Makes a certificate for these names, in OpenSSL's notation: "DNS:localhost,IP:127.0.0.1". It is valid from two days
/// ago and for `validDays` from now; a negative number makes an expired one.
Certificate makeCertificate(const std::string& names = "DNS:localhost,IP:127.0.0.1", int validDays = 30);

}  // namespace alpaca::broker::testing
