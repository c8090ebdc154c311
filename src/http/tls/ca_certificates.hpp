#pragma once

#include "platform/file.hpp"

#include <openssl/x509.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace alpaca::broker::http {

/// Where the CA certificates are; either place may be empty.
struct CaPlaces {
  std::string file;    ///< PEM certificates, one after another
  std::string folder;  ///< one file per certificate, named after its hash as OpenSSL does
  std::string name;    ///< the name of the places in messages
};

/// The CA certificates at one moment. `number` grows with every change, so that two states can be told apart.
struct Trust {
  std::shared_ptr<X509_STORE> store;
  std::uint64_t number = 0;
};

/// The CA certificates that a client trusts. They are read at first use, and again after a change.
///
/// Certificates that were readable once stay in force until their replacement is readable. A file that is just being
/// written must not stop cancels. Thread-safe.
class CaCertificates {
 public:
  explicit CaCertificates(CaPlaces places) : places_(std::move(places)) {}

  /// Returns the current certificates, after checking whether the files have changed. If they have, the call takes as
  /// long as reading them.
  /// @param fault says what is wrong when there is no store, because the files were never readable
  Trust current(std::string& fault);

 private:
  struct Stamps {
    std::optional<platform::FileStamp> file;
    std::optional<platform::FileStamp> folder;
  };

  const CaPlaces places_;
  std::mutex mutex_;
  Trust trust_;
  Stamps seen_;
};

}  // namespace alpaca::broker::http
