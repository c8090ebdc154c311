#pragma once

#include <memory>
#include <string>

namespace alpaca::broker::http {

/// What a client's TLS connections share: the CA certificates, read once, and sessions to resume.
///
/// Both follow the file. A connection opened after a change trusts the new content, and resumes no session from before.
/// Thread-safe.
class SharedTls {
 public:
  SharedTls() = default;
  SharedTls(const SharedTls&) = delete;
  SharedTls& operator=(const SharedTls&) = delete;
  virtual ~SharedTls() = default;

  /// False when libcurl turned out to use its own TLS library; then nothing can be shared.
  [[nodiscard]] virtual bool isUsable() const noexcept = 0;

  /// Gives the shared CA certificates and sessions to a connection that is about to be opened. This object must outlive
  /// the connection.
  ///
  /// @param context the `SSL_CTX` that libcurl made for it, without CA certificates
  /// @param fault says what is wrong when the connection must not be opened
  /// @return false when it must not be opened
  virtual bool prepare(void* context, std::string& fault) = 0;
};

/// Initialises the TLS library that this library was built with, so that it registers its exit handler.
void prepareTlsLibrary() noexcept;

/// Makes the shared state of a client's TLS connections.
///
/// @param caFile a PEM file of the CA certificates to trust; empty: those that libcurl trusts
/// @return null when libcurl must handle every connection by itself: its TLS library is another one than at build
///   time, or it names no CA certificates that could be read here.
std::shared_ptr<SharedTls> makeSharedTls(const std::string& caFile);

}  // namespace alpaca::broker::http
