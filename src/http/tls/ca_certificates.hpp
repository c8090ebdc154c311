#pragma once

#include "platform/file_stamp.hpp"

#include <openssl/x509.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace alpaca::broker::http {

/// Where certificate authorities are found; either may be empty.
struct CaPlaces {
  std::string file;    ///< PEM, one after the other
  std::string folder;  ///< one file for each, named after its hash as OpenSSL does
  std::string name;    ///< what to call them in a text
};

/// The authorities at a moment. `number` grows with every change of them, so that two moments can be told apart.
struct Trust {
  std::shared_ptr<X509_STORE> store;
  std::uint64_t number = 0;
};

/// The certificate authorities that a client trusts: read when they are asked for first, and again after a change.
///
/// Authorities that were readable once stay in force until what has taken their place is readable: a file that is just
/// being written must not keep orders from being canceled. Thread-safe.
class CaCertificates {
 public:
  explicit CaCertificates(CaPlaces places);

  /// Looks whether the files have changed. Takes as long as reading them does when they have.
  /// @param fault says what is wrong when there is no store, as the files were never readable.
  Trust current(std::string& fault);

 private:
  struct Stamps {
    std::optional<platform::FileStamp> file;
    std::optional<platform::FileStamp> folder;
  };
  [[nodiscard]] Stamps stamps() const noexcept;

  const CaPlaces places_;
  std::mutex mutex_;
  Trust trust_;
  Stamps seen_;
};

}  // namespace alpaca::broker::http
