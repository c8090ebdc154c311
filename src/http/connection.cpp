// Longer than 200 lines: one exchange on a handle of libcurl, from its options to what was sent and answered.
#include "http/connection.hpp"

#include "http/curl_failure.hpp"
#include "platform/socket.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace alpaca::broker::http {
namespace {

// Bounds a lost wake-up. libcurl's own timers end a wait earlier, and `abort` wakes it up.
constexpr int kMaxPollMilliseconds = 1000;

}  // namespace

Connection::Connection(const ConnectionSettings& settings, std::shared_ptr<SharedTls> tls)
    : timingsWanted_(settings.timings),
      hasProxy_(!settings.proxy.empty()),
      url_(curl_url()),
      tls_(tls && tls->isUsable() ? std::move(tls) : nullptr),
      multi_(curl_multi_init()),
      easy_(curl_easy_init()) {
  if (!url_ || !multi_ || !easy_) throw ConnectionSetupError("libcurl could not make a handle");
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, 1L);
  applyServer(settings);
  applySettings(settings);
}

Exchange Connection::run(const HttpRequest& request, const Limits& limits) {
  failed_ = true;  // stays true if anything is thrown before the exchange has ended cleanly
  requestsStarted_ = 0;
  unsolicited_ = false;
  errorText_.front() = '\0';
  capture_.restart(request.maxBodyBytes);
  applyRequest(request, limits);
  return conclude(drive());
}

CURLcode Connection::drive() {
  CURLMcode state = curl_multi_add_handle(multi_.get(), easy_.get());
  // After a stop before the start, nothing is sent. After a later stop, an answer that has already arrived is still
  // read.
  // guard: nothing is sent after a stop
  for (int running = 1; state == CURLM_OK && (!aborted_ || requestsStarted_ > 0);) {
    state = curl_multi_perform(multi_.get(), &running);
    if (state != CURLM_OK || running == 0 || aborted_) break;
    state = curl_multi_poll(multi_.get(), nullptr, 0, kMaxPollMilliseconds, nullptr);
  }
  CURLcode code = state == CURLM_OK ? CURLE_ABORTED_BY_CALLBACK : CURLE_FAILED_INIT;
  int left = 0;
  if (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) code = message->data.result;
  // The socket is known only while the easy handle is still part of the multi handle.
  if (curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &socket_) != CURLE_OK) socket_ = CURL_SOCKET_BAD;
  curl_multi_remove_handle(multi_.get(), easy_.get());
  return code;
}

Exchange Connection::conclude(CURLcode code) {
  // If the end of the answer is uncertain, leftover bytes could be taken for the next answer.
  // guard: an answer whose end is uncertain ends the connection
  // guard: a connection that ends with its answer is not kept
  failed_ = code != CURLE_OK || socket_ == CURL_SOCKET_BAD || !capture_.endIsCertain();
  Exchange exchange;
  exchange.sends = std::min(requestsStarted_, 1);  // a second send was vetoed
  exchange.connectionReused = requestsStarted_ > 0 && longInfo(CURLINFO_NUM_CONNECTS) == 0;
  if (timingsWanted_) exchange.timings = timings();
  // guard: a final status counts whatever follows
  exchange.response = capture_.take();
  if (exchange.response) {
    exchange.response->complete = code == CURLE_OK;
    return exchange;
  }
  failed_ = true;
  exchange.failure = failureFor(code);
  exchange.detail = detailOf(code, exchange.failure);
  return exchange;
}

// Returns no text when memory has run out: the number of sends must be reported all the same.
std::string Connection::detailOf(CURLcode code, Failure failure) const noexcept try {
  // guard: an unreadable CA file is named
  if (!tlsFault_.empty()) return tlsFault_;
  // This class ended these exchanges. libcurl only knows that a callback did.
  const bool isOwn =
      failure == Failure::Aborted || failure == Failure::ResendPrevented || failure == Failure::UnsolicitedAnswer;
  if (isOwn) return {};
  const std::string text = errorText_.front() != '\0' ? errorText_.data() : curl_easy_strerror(code);
  return hasProxy_ && failure == Failure::ConnectFailed ? "to the proxy: " + text : text;
} catch (const std::bad_alloc&) {
  return {};
}

Failure Connection::failureFor(CURLcode code) const noexcept {
  if (requestsStarted_ > 1) return Failure::ResendPrevented;
  if (unsolicited_) return Failure::UnsolicitedAnswer;
  if (code == CURLE_ABORTED_BY_CALLBACK) return Failure::Aborted;
  if (code == CURLE_OK) return Failure::UnreadableAnswer;
  if (const long proxyStatus = longInfo(CURLINFO_HTTP_CONNECTCODE); requestsStarted_ == 0 && proxyStatus >= 300) {
    return proxyStatus >= 500 ? Failure::ProxyUnavailable : Failure::ProxyRefused;
  }
  return failureOf(code, errorText_.data());
}

// True when the answer was sent before the server had the request, so it answers something else.
//
// The TCP segment with the answer, or one before it, acknowledges the request. If the answer has been read while the
// request is still not acknowledged, the server sent it too early. The check runs after reading. TLS itself may send
// small records meanwhile; they are allowed for.
bool Connection::answerCameTooEarly() const noexcept {
  constexpr std::size_t kRecordsOfTls = 64;
  if (openSockets_ != 1) return false;
  return platform::unacknowledgedBytes(static_cast<platform::Socket>(sumOfSockets_)).value_or(0) > kRecordsOfTls;
}

long Connection::longInfo(CURLINFO info) const noexcept {
  long value = 0;
  curl_easy_getinfo(easy_.get(), info, &value);
  return value;
}

Timings Connection::timings() const noexcept {
  const auto since = [&](CURLINFO info) {
    curl_off_t microseconds = 0;
    curl_easy_getinfo(easy_.get(), info, &microseconds);
    return std::chrono::microseconds(microseconds);
  };
  return {since(CURLINFO_NAMELOOKUP_TIME_T), since(CURLINFO_CONNECT_TIME_T), since(CURLINFO_APPCONNECT_TIME_T),
          since(CURLINFO_STARTTRANSFER_TIME_T)};
}

void Connection::abort() noexcept {
  aborted_ = true;
  curl_multi_wakeup(multi_.get());
}

bool Connection::isReusable() const noexcept {
  // guard: an idle connection with bytes waiting is not used
  // guard: an idle TLS connection with bytes waiting is not used
  return !failed() && (socket_ == CURL_SOCKET_BAD || !platform::hasPendingInput(socket_));
}

// libcurl calls this before it opens a TLS connection. So exchanges on a connection that is already open check no
// files.
CURLcode Connection::onTlsContext(CURL* /*easy*/, void* context, void* self) noexcept try {
  auto& connection = *static_cast<Connection*>(self);
  if (connection.tls_->prepare(context, connection.tlsFault_)) return CURLE_OK;
  return connection.tls_->isUsable() ? CURLE_SSL_CACERT_BADFILE : CURLE_SSL_CONNECT_ERROR;
} catch (const std::bad_alloc&) {
  return CURLE_OUT_OF_MEMORY;
}

// No exception may pass through libcurl. Without memory, reading stops; a status that was read stays known.
std::size_t Connection::onHeader(char* data, std::size_t size, std::size_t count, void* self) noexcept try {
  const std::string_view line{data, size * count};
  auto& connection = *static_cast<Connection*>(self);
  // guard: an answer that was sent before the request arrived is not believed
  if (connection.capture_.expectsStatusLine() && connection.answerCameTooEarly()) {
    connection.unsolicited_ = true;
    return 0;
  }
  return connection.capture_.addHeaderLine(line) ? line.size() : 0;
} catch (const std::bad_alloc&) {
  return 0;
}

std::size_t Connection::onBody(char* data, std::size_t size, std::size_t count, void* self) noexcept try {
  const std::string_view piece{data, size * count};
  return static_cast<Connection*>(self)->capture_.addBody(piece) ? piece.size() : 0;
} catch (const std::bad_alloc&) {
  return 0;
}

// Opens a socket as libcurl would. But programs that the app starts do not inherit it: they would keep the connection
// open.
curl_socket_t Connection::onSocket(void* self, curlsocktype /*purpose*/, curl_sockaddr* address) noexcept {
  auto& connection = *static_cast<Connection*>(self);
  const platform::Socket socket = platform::openSocket(address->family, address->socktype, address->protocol);
  if (socket == platform::kNoSocket) return CURL_SOCKET_BAD;
  connection.sumOfSockets_ += static_cast<std::uintptr_t>(socket);
  ++connection.openSockets_;
  return socket;
}

int Connection::onSocketClose(void* self, curl_socket_t socket) noexcept {
  auto& connection = *static_cast<Connection*>(self);
  connection.sumOfSockets_ -= static_cast<std::uintptr_t>(socket);
  --connection.openSockets_;
  platform::closeSocket(socket);
  return 0;
}

// libcurl calls this when the connection is open and the request is about to be sent. If a reused connection turns out
// to be dead, libcurl opens another one and sends the request again by itself. The second call of this function vetoes
// that, so that the caller decides and every send is counted.
int Connection::onRequest(void* self, char* /*remoteIp*/, char* /*localIp*/, int /*remotePort*/,
                          int /*localPort*/) noexcept {
  auto& connection = *static_cast<Connection*>(self);
  // guard: nothing is sent after a stop
  if (connection.aborted_) return CURL_PREREQFUNC_ABORT;  // the last check, so the request is certainly not sent
  // guard: libcurl's own re-send is vetoed
  return ++connection.requestsStarted_ == 1 ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

}  // namespace alpaca::broker::http
