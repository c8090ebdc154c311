#include "clients/tls_socket.hpp"

#include "clients/client.hpp"

#include <openssl/x509_vfy.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace alpaca::broker::bench {
namespace {

int connectedTo(const std::string& port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
  if (::inet_pton(AF_INET, kHost, &address.sin_addr) == 1 &&
      ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
    return socket;
  }
  ::close(socket);
  throw std::runtime_error("the raw socket cannot connect");
}

}  // namespace

SslContext makeSslContext(const std::string& caFile) {
  SslContext context(SSL_CTX_new(TLS_client_method()));
  if (!context || SSL_CTX_load_verify_locations(context.get(), caFile.c_str(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL does not load " + caFile);
  }
  SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  return context;
}

SSL_CTX* sharedSslContext(const std::string& caFile) {
  static const SslContext kContext = makeSslContext(caFile);
  return kContext.get();
}

TlsSocket::TlsSocket(const std::string& port, SSL_CTX* context) : socket_(connectedTo(port)), ssl_(SSL_new(context)) {
  X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_.get()), kHost);
  SSL_set_fd(ssl_.get(), socket_);
  if (SSL_connect(ssl_.get()) != 1) {
    ::close(socket_);
    throw std::runtime_error("the raw socket's TLS handshake failed");
  }
}

TlsSocket::~TlsSocket() { ::close(socket_); }

bool TlsSocket::write(std::string_view bytes) noexcept {
  return SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) == static_cast<int>(bytes.size());
}

std::size_t TlsSocket::read(char* buffer, std::size_t size) noexcept {
  const int count = SSL_read(ssl_.get(), buffer, static_cast<int>(size));
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

}  // namespace alpaca::broker::bench
