#include "http/curl_failure.hpp"

namespace alpaca::broker::http {

namespace {

// libcurl has one code for a broken handshake and for a protocol version that was not agreed on. Only the TLS library's
// text tells them apart. A wrong guess costs a useless retry, or loses a useful one.
bool isAboutTheVersion(std::string_view text) noexcept {
  return text.find("protocol version") != std::string_view::npos ||
         text.find("unsupported protocol") != std::string_view::npos ||
         text.find("no protocols available") != std::string_view::npos;
}

}  // namespace

Failure failureOf(CURLcode code, std::string_view text) noexcept {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return Failure::NameNotResolved;
    case CURLE_COULDNT_CONNECT:
    case CURLE_INTERFACE_FAILED:
      return Failure::ConnectFailed;
    case CURLE_PROXY:
      return Failure::ProxyRefused;
    case CURLE_SSL_CONNECT_ERROR:
      return isAboutTheVersion(text) ? Failure::TlsNotAcceptable : Failure::TlsHandshakeFailed;
    case CURLE_SSL_CIPHER:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return Failure::TlsNotAcceptable;
    case CURLE_OPERATION_TIMEDOUT:
      return Failure::TimedOut;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
      return Failure::ConnectionLost;
    case CURLE_UNSUPPORTED_PROTOCOL:  // also for bytes that are not HTTP/1
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR:  // more than the response capture accepts
      return Failure::UnreadableAnswer;
    default:
      return Failure::SetupFailed;
  }
}

}  // namespace alpaca::broker::http
