#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace alpaca::broker::http {

/// TLS sessions that the client's next connections may resume, all with one server.
///
/// Each session is handed out once, the newest first. OpenSSL writes to a session in use, so two connections must not
/// share one. Handing out once also removes a session that does not work. Thread-safe.
class TlsSessions {
 public:
  struct Deleter {
    void operator()(SSL_SESSION* session) const noexcept { SSL_SESSION_free(session); }
  };
  using Session = std::unique_ptr<SSL_SESSION, Deleter>;

  /// Drops sessions older than this trust; from now on only sessions of this trust, or a newer one, are kept.
  void startWith(std::uint64_t trust) noexcept;

  /// Keeps a copy of a session that was made under this trust, unless a newer trust is known.
  void put(std::uint64_t trust, const SSL_SESSION* session);

  /// Takes the newest session; null when there is none.
  Session take() noexcept;

 private:
  void forgetBefore(std::uint64_t trust) noexcept;

  std::mutex mutex_;
  std::uint64_t trust_ = 0;
  std::vector<Session> sessions_;  // the newest at the back
};

}  // namespace alpaca::broker::http
