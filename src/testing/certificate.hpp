#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace alpaca::broker::testing {

/// A self-signed certificate and its key: for tests only, made in memory and never stored.
struct Certificate {
  std::shared_ptr<X509> certificate;
  std::shared_ptr<EVP_PKEY> key;

  /// Returns the certificate as PEM text, for clients that have to trust it.
  [[nodiscard]] std::string pem() const;
};

/// Makes a certificate for these names, in OpenSSL's notation: "DNS:localhost,IP:127.0.0.1". It is valid from two days
/// ago and for `validDays` from now; a negative number makes an expired one.
Certificate makeCertificate(const std::string& names = "DNS:localhost,IP:127.0.0.1", int validDays = 30);

}  // namespace alpaca::broker::testing
