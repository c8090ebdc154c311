#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <string_view>

namespace alpaca::broker::bench {

struct SslDeleter {
  void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
  void operator()(SSL* ssl) const noexcept { SSL_free(ssl); }
};
using SslContext = std::unique_ptr<SSL_CTX, SslDeleter>;

/// A context that trusts the file's CA certificates. Nearly all of its time goes into loading them.
SslContext makeSslContext(const std::string& caFile);

/// The one context of this process; the first call loads the file.
SSL_CTX* sharedSslContext(const std::string& caFile);

/// A blocking TLS connection to `kHost`. Verifies certificate and address.
class TlsSocket {
 public:
  TlsSocket(const std::string& port, SSL_CTX* context);
  ~TlsSocket();
  TlsSocket(const TlsSocket&) = delete;
  TlsSocket& operator=(const TlsSocket&) = delete;

  /// False when the connection has ended.
  bool write(std::string_view bytes) noexcept;

  /// Waits for bytes and returns their number; 0 when the connection has ended.
  std::size_t read(char* buffer, std::size_t size) noexcept;

 private:
  int socket_ = -1;
  std::unique_ptr<SSL, SslDeleter> ssl_;
};

}  // namespace alpaca::broker::bench
