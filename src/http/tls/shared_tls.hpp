#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

namespace alpaca::broker::http {

/// What the TLS connections of a client have in common: the authorities they trust, read once, and sessions to resume.
///
/// Both follow the file: a connection that is opened after it has changed trusts what it says then, and resumes no
/// session from before. Thread-safe.
class SharedTls {
 public:
  SharedTls() = default;
  SharedTls(const SharedTls&) = delete;
  SharedTls& operator=(const SharedTls&) = delete;
  virtual ~SharedTls() = default;

  /// False when libcurl turned out to bring a TLS library of its own, where nothing can be shared.
  [[nodiscard]] virtual bool isUsable() const noexcept = 0;

  /// Makes the authorities and the sessions those of a connection that is about to be opened. Must outlive it.
  ///
  /// @param context the `SSL_CTX` that libcurl made for it, without authorities
  /// @param fault   says what is wrong, when the connection must not be opened
  virtual CURLcode prepare(void* context, std::string& fault) = 0;
};

/// Has the TLS library that this library was built with prepare itself, and what it does when the process exits.
void prepareTlsLibrary() noexcept;

/// @param caFile a PEM file of the authorities to trust; empty: those that libcurl trusts
/// @return null when every connection has to be left to libcurl: its TLS library is not the one that this library was
///   built with, or it knows of no authorities that could be read here.
std::shared_ptr<SharedTls> makeSharedTls(const std::string& caFile);

}  // namespace alpaca::broker::http
