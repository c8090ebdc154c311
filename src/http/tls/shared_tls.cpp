#include "http/tls/shared_tls.hpp"

#include "http/tls/ca_certificates.hpp"
#include "http/tls/sessions.hpp"

#include <curl/curl.h>
#include <openssl/crypto.h>
#include <openssl/ssl.h>

#include <array>
#include <atomic>
#include <cstring>
#include <new>
#include <string_view>
#include <utility>

namespace alpaca::broker::http {
namespace {

// The number of the trust as bytes. OpenSSL marks every session of a context with it, and refuses by itself to resume a
// session with another mark.
using Mark = std::array<unsigned char, sizeof(std::uint64_t)>;

Mark markOf(std::uint64_t trust) noexcept {
  Mark mark{};
  std::memcpy(mark.data(), &trust, mark.size());
  return mark;
}

class OpenSslSharing : public SharedTls {
 public:
  explicit OpenSslSharing(CaPlaces places) : caCertificates_(std::move(places)) {}

  [[nodiscard]] bool isUsable() const noexcept override { return !foreign_; }

  bool prepare(void* context, std::string& fault) override {
    auto* const ssl = static_cast<SSL_CTX*>(context);
    // Another copy of OpenSSL has another method object, and all its other objects differ, too.
    // guard: a different TLS library is left alone
    if (SSL_CTX_get_ssl_method(ssl) != TLS_client_method()) {
      foreign_ = true;
      fault = "libcurl uses a TLS library of its own; from now on its connections share nothing";
      return false;
    }
    const Trust trust = caCertificates_.current(fault);
    if (!trust.store) return false;
    // Not in the place that libcurl itself fills. Before 8.3, libcurl fills it later, and would add to the shared
    // store.
    // guard: libcurl adds no CA certificate to the shared ones
    if (SSL_CTX_set1_verify_cert_store(ssl, trust.store.get()) != 1) throw std::bad_alloc();
    shareSessions(ssl, trust.number);
    // Otherwise one read continues past the deadline for as long as the server sends anything but an answer.
    // guard: a flood of session tickets ends with the deadline
    SSL_CTX_clear_mode(ssl, SSL_MODE_AUTO_RETRY);
    // Before TLS 1.3, a server could otherwise start another handshake in the middle of a request.
    SSL_CTX_set_options(ssl, SSL_OP_NO_RENEGOTIATION);
    return true;
  }

 private:
  void shareSessions(SSL_CTX* context, std::uint64_t trust) {
    sessions_.startWith(trust);
    const Mark mark = markOf(trust);
    SSL_CTX_set_session_id_context(context, mark.data(), mark.size());
    if (SSL_CTX_set_ex_data(context, place(), this) != 1) throw std::bad_alloc();
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, &OpenSslSharing::onNewSession);
    SSL_CTX_set_info_callback(context, &OpenSslSharing::onProgress);
  }

  // The index under which a context stores its owner.
  static int place() {
    static const int kPlace = newPlace();
    return kPlace;
  }

  // Throws when memory has run out, so that the next connection tries again.
  static int newPlace() {
    const int made = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    if (made < 0) throw std::bad_alloc();
    return made;
  }

  static TlsSessions& sessionsOf(const SSL* connection) {
    return static_cast<OpenSslSharing*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), place()))->sessions_;
  }

  // Stores a new session. In TLS 1.3 it arrives after the handshake, whenever the server sends one. Sessions of a
  // resumed connection are not kept: otherwise the certificate might never be checked again.
  static int onNewSession(SSL* connection, SSL_SESSION* session) noexcept try {
    // guard: the certificate is checked again after some resumptions
    if (SSL_session_reused(connection) == 1) return 0;
    unsigned size = 0;
    const unsigned char* const mark = SSL_SESSION_get0_id_context(session, &size);
    std::uint64_t trust = 0;
    if (size == sizeof trust) std::memcpy(&trust, mark, size);
    sessionsOf(connection).put(trust, session);
    return 0;  // 0: OpenSSL keeps ownership of the session
  } catch (const std::bad_alloc&) {
    return 0;
  }

  // Chooses the session to resume, at the last moment before the first message is written. libcurl's own cache is off:
  // it ignores a changed trust, and before 8.11 lets threads share one session.
  static void onProgress(const SSL* connection, int what, int /*value*/) noexcept {
    if (what != SSL_CB_HANDSHAKE_START || SSL_get_session(connection) != nullptr) return;
    const TlsSessions::Session session = sessionsOf(connection).take();
    if (!session) return;
    auto* const own = const_cast<SSL*>(connection);
    // The mark is the same, or newer when another thread has just noticed changed CA certificates.
    unsigned size = 0;
    const unsigned char* const mark = SSL_SESSION_get0_id_context(session.get(), &size);
    SSL_set_session_id_context(own, mark, size);
    SSL_set_session(own, session.get());
  }

  CaCertificates caCertificates_;
  TlsSessions sessions_;
  std::atomic<bool> foreign_{false};
};

// True when libcurl's TLS library is this OpenSSL: "OpenSSL/3.0.2", perhaps with more text after it.
bool speaksWithThisOpenSsl(std::string_view library) {
  const std::string own = std::string("OpenSSL/") + OpenSSL_version(OPENSSL_VERSION_STRING);
  return library.substr(0, library.find(' ')) == own;
}

const char* textOr(const char* text, const char* otherwise) noexcept { return text != nullptr ? text : otherwise; }

}  // namespace

void prepareTlsLibrary() noexcept { OPENSSL_init_ssl(0, nullptr); }

std::shared_ptr<SharedTls> makeSharedTls(const std::string& caFile) {
  const curl_version_info_data& library = *curl_version_info(CURLVERSION_NOW);
  if (!speaksWithThisOpenSsl(textOr(library.ssl_version, ""))) return nullptr;
  CaPlaces places{caFile, "", "ClientOptions::tls.caFile (" + caFile + ")"};
  if (caFile.empty()) {
    places = {textOr(library.cainfo, ""), textOr(library.capath, ""), "libcurl's list of CA certificates"};
    if (places.file.empty() && places.folder.empty()) return nullptr;
    places.name += " (" + (places.file.empty() ? places.folder : places.file) + ")";
  }
  return std::make_shared<OpenSslSharing>(std::move(places));
}

}  // namespace alpaca::broker::http
