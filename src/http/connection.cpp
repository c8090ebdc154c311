#include "http/connection.hpp"

#include "http/base64.hpp"
#include "http/curl_failure.hpp"
#include "http/wipe.hpp"
#include "platform/socket.hpp"

#include <algorithm>
#include <climits>
#include <new>
#include <utility>

namespace alpaca::broker::http {
namespace {

using std::chrono::milliseconds;

// libcurl's own timers end a wait earlier, and abort() wakes it up; this only bounds a lost wake-up.
constexpr milliseconds kLongestPoll{1000};

template <class Value>
void set(CURL* easy, CURLoption option, const char* name, Value value) {
  const CURLcode code = curl_easy_setopt(easy, option, value);
  if (code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  if (code != CURLE_OK) {
    throw ConnectionSetupError(std::string("libcurl refused ") + name + ": " + curl_easy_strerror(code));
  }
}

// Every option is verified: one that a libcurl silently lacks would be a guard that silently is not there.
#define ALPACA_BROKER_SET(option, value) set(easy_.get(), option, #option, value)

long curlMilliseconds(milliseconds time) noexcept {
  // 0 would mean "no limit" to libcurl.
  return static_cast<long>(std::clamp<milliseconds::rep>(time.count(), 1, INT_MAX));
}

// Nothing that could end the request line and begin another one.
bool isSendable(std::string_view target) noexcept {
  unsigned hidden = 0;  // counted to the end, without a branch: compilers make that cheap
  for (const char c : target) hidden += c <= ' ' || c > '~' ? 1U : 0U;
  return hidden == 0 && !target.empty() && target.front() == '/';
}

milliseconds timeLeft(Deadline deadline) noexcept {
  return std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now());
}

}  // namespace

Connection::Connection(const ConnectionSettings& settings, std::shared_ptr<SharedTls> tls)
    : timingsWanted_(settings.timings),
      url_(curl_url()),
      tls_(tls && tls->isUsable() ? std::move(tls) : nullptr),
      multi_(curl_multi_init()),
      easy_(curl_easy_init()) {
  if (!url_ || !multi_ || !easy_) throw ConnectionSetupError("libcurl could not make a handle");
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, 1L);
  applyServer(settings);
  applySettings(settings);
}

// The address is read here, once. What is sent is the target as it was built: no byte of it is read as a part of a URL.
void Connection::applyServer(const ConnectionSettings& settings) {
  const unsigned flags = CURLU_DISALLOW_USER | CURLU_PATH_AS_IS;
  CURLUcode code = curl_url_set(url_.get(), CURLUPART_URL, settings.baseUrl.c_str(), flags);
  char* prefix = nullptr;
  if (code == CURLUE_OK) code = curl_url_get(url_.get(), CURLUPART_PATH, &prefix, 0);
  if (code == CURLUE_OUT_OF_MEMORY) throw std::bad_alloc();
  if (code != CURLUE_OK) {
    throw ConnectionSetupError(std::string("libcurl refused the server's address: ") + curl_url_strerror(code));
  }
  const std::unique_ptr<char, decltype(&curl_free)> owner(prefix, curl_free);
  target_ = prefix;
  if (target_ == "/") target_.clear();
  prefixLength_ = target_.size();
  ALPACA_BROKER_SET(CURLOPT_CURLU, url_.get());
}

void Connection::applySettings(const ConnectionSettings& settings) {
  // The guards. Each has a test that fails without it.
  ALPACA_BROKER_SET(CURLOPT_PREREQFUNCTION, &Connection::onRequest);
  ALPACA_BROKER_SET(CURLOPT_PREREQDATA, static_cast<void*>(this));
  ALPACA_BROKER_SET(CURLOPT_QUICK_EXIT, 1L);  // else a black-holed DNS look-up holds the caller beyond the deadline
  ALPACA_BROKER_SET(CURLOPT_PROTOCOLS_STR, settings.plainHttpAllowed ? "http,https" : "https");
  ALPACA_BROKER_SET(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  ALPACA_BROKER_SET(CURLOPT_SSL_VERIFYPEER, 1L);
  ALPACA_BROKER_SET(CURLOPT_SSL_VERIFYHOST, 2L);
  ALPACA_BROKER_SET(CURLOPT_FOLLOWLOCATION, 0L);
  ALPACA_BROKER_SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);  // else a proxy's answer looks like the broker's
  ALPACA_BROKER_SET(CURLOPT_NOSIGNAL, 1L);                  // signal handlers belong to the app
  ALPACA_BROKER_SET(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  ALPACA_BROKER_SET(CURLOPT_HTTP09_ALLOWED, 0L);
  // Cookies, netrc, HSTS, alt-svc and content encodings stay off as long as nothing switches them on.

  // Both set, also when empty, so that libcurl does not look into the environment.
  ALPACA_BROKER_SET(CURLOPT_PROXY, settings.proxy.c_str());
  ALPACA_BROKER_SET(CURLOPT_NOPROXY, "");
  ALPACA_BROKER_SET(CURLOPT_HTTPPROXYTUNNEL, 1L);
  applyTrust(settings);
  applyHeaders(settings);

  ALPACA_BROKER_SET(CURLOPT_ERRORBUFFER, errorText_.data());
  ALPACA_BROKER_SET(CURLOPT_HEADERFUNCTION, &Connection::onHeader);
  ALPACA_BROKER_SET(CURLOPT_HEADERDATA, static_cast<void*>(this));
  ALPACA_BROKER_SET(CURLOPT_WRITEFUNCTION, &Connection::onBody);
  ALPACA_BROKER_SET(CURLOPT_WRITEDATA, static_cast<void*>(this));
}

void Connection::applyTrust(const ConnectionSettings& settings) {
  // libcurl's own caches would outlive a change of the authorities. The second one is not verified: with some TLS
  // libraries there is no such cache, and no such option.
  ALPACA_BROKER_SET(CURLOPT_SSL_SESSIONID_CACHE, 0L);
  curl_easy_setopt(easy_.get(), CURLOPT_CA_CACHE_TIMEOUT, 0L);
  if (tls_) {
    ALPACA_BROKER_SET(CURLOPT_CAINFO, static_cast<const char*>(nullptr));
    ALPACA_BROKER_SET(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    ALPACA_BROKER_SET(CURLOPT_SSL_CTX_FUNCTION, &Connection::onTlsContext);
    ALPACA_BROKER_SET(CURLOPT_SSL_CTX_DATA, static_cast<void*>(this));
    return;
  }
  if (!settings.caFile.empty()) {
    ALPACA_BROKER_SET(CURLOPT_CAINFO, settings.caFile.c_str());
    ALPACA_BROKER_SET(CURLOPT_CAPATH, static_cast<const char*>(nullptr));  // only the caller's authorities count
  }
}

// All of them in one list, also those that libcurl has options for: those it would write anew for every request.
void Connection::applyHeaders(const ConnectionSettings& settings) {
  ALPACA_BROKER_SET(CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));  // they are not for a proxy
  addHeader("User-Agent: " + settings.userAgent);
  for (const std::string& header : settings.headers) addHeader(header);
  ALPACA_BROKER_SET(CURLOPT_HTTPHEADER, headers_.get());
}

void Connection::addHeader(const std::string& line) {
  curl_slist* const longer = curl_slist_append(headers_.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  static_cast<void>(headers_.release());
  headers_.reset(longer);
}

// In front of the list that stays, so that nothing else of it is made anew when credentials change.
void Connection::applyLogin(const Login& login) {
  std::string user = login.credentials.key() + ":" + login.credentials.secret();
  std::string encoded = base64(user);
  std::string line = "Authorization: Basic " + encoded;
  std::unique_ptr<curl_slist, AuthorizationDeleter> authorization(curl_slist_append(nullptr, line.c_str()));
  for (std::string* secret : {&user, &encoded, &line}) wipe(*secret);
  if (!authorization) throw std::bad_alloc();
  authorization->next = headers_.get();
  ALPACA_BROKER_SET(CURLOPT_HTTPHEADER, authorization.get());
  authorization_ = std::move(authorization);
  login_ = login.number;
}

void Connection::AuthorizationDeleter::operator()(curl_slist* line) const noexcept {
  line->next = nullptr;  // not its own
  wipe(line->data);
  curl_slist_free_all(line);
}

Exchange Connection::run(const HttpRequest& request, const Limits& limits) {
  failed_ = true;  // until it is known that the exchange ended cleanly, whatever is thrown on the way
  requestsStarted_ = 0;
  errorText_.front() = '\0';
  capture_.restart(request.mostBodyBytes);
  applyRequest(request, limits);
  return conclude(drive());
}

void Connection::applyRequest(const HttpRequest& request, const Limits& limits) {
  if (!isSendable(request.target)) throw ConnectionSetupError("a request target is a path of printable ASCII");
  target_.resize(prefixLength_);
  target_.append(request.target.view());
  ALPACA_BROKER_SET(CURLOPT_REQUEST_TARGET, target_.c_str());
  ALPACA_BROKER_SET(CURLOPT_TIMEOUT_MS, curlMilliseconds(timeLeft(limits.deadline)));
  if (limits.login != nullptr && login_ != limits.login->number) applyLogin(*limits.login);
  if (method_ != request.method) {
    ALPACA_BROKER_SET(CURLOPT_CUSTOMREQUEST, request.method);
    method_ = request.method;
  }
  if (connectTimeout_ != limits.connectTimeout) {
    ALPACA_BROKER_SET(CURLOPT_CONNECTTIMEOUT_MS, curlMilliseconds(limits.connectTimeout));
    connectTimeout_ = limits.connectTimeout;
  }
}

CURLcode Connection::drive() {
  CURLMcode state = curl_multi_add_handle(multi_.get(), easy_.get());
  // Stopped before the start: nothing is sent. Stopped later: an answer that is already there is still read.
  for (int running = 1; state == CURLM_OK && (!aborted_ || requestsStarted_ > 0);) {
    state = curl_multi_perform(multi_.get(), &running);
    if (state != CURLM_OK || running == 0 || aborted_) break;
    state = curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(kLongestPoll.count()), nullptr);
  }
  CURLcode code = state == CURLM_OK ? CURLE_ABORTED_BY_CALLBACK : CURLE_FAILED_INIT;
  int left = 0;
  if (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) code = message->data.result;
  // Only known while the handle is still part of the multi handle.
  if (curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &socket_) != CURLE_OK) socket_ = CURL_SOCKET_BAD;
  curl_multi_remove_handle(multi_.get(), easy_.get());
  return code;
}

Exchange Connection::conclude(CURLcode code) {
  failed_ = code != CURLE_OK || socket_ == CURL_SOCKET_BAD;
  Exchange exchange;
  exchange.sends = std::min(requestsStarted_, 1);  // the second start was vetoed
  exchange.connectionReused = requestsStarted_ > 0 && longInfo(CURLINFO_NUM_CONNECTS) == 0;
  if (timingsWanted_) exchange.timings = timings();
  exchange.response = capture_.take();
  if (exchange.response) {
    exchange.response->complete = code == CURLE_OK;
    return exchange;
  }
  failed_ = true;
  exchange.failure = failureFor(code);
  exchange.detail = errorText_.front() != '\0' ? errorText_.data() : curl_easy_strerror(code);
  if (!tlsFault_.empty()) exchange.detail = tlsFault_;
  return exchange;
}

Failure Connection::failureFor(CURLcode code) const noexcept {
  if (requestsStarted_ > 1) return Failure::ResendPrevented;
  if (code == CURLE_ABORTED_BY_CALLBACK) return Failure::Aborted;
  if (code == CURLE_OK) return Failure::UnreadableAnswer;
  if (const long proxyStatus = longInfo(CURLINFO_HTTP_CONNECTCODE); requestsStarted_ == 0 && proxyStatus >= 300) {
    return proxyStatus >= 500 ? Failure::ProxyUnavailable : Failure::ProxyRefused;
  }
  return failureOf(code, errorText_.data());
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
  return !failed() && (socket_ == CURL_SOCKET_BAD || !platform::hasPendingInput(socket_));
}

// Called when libcurl is about to open a TLS connection, so that nothing is looked at while one stands.
CURLcode Connection::onTlsContext(CURL* /*easy*/, void* context, void* self) noexcept try {
  auto& connection = *static_cast<Connection*>(self);
  return connection.tls_->prepare(context, connection.tlsFault_);
} catch (const std::bad_alloc&) {
  return CURLE_OUT_OF_MEMORY;
}

// Nothing may be thrown through libcurl. Out of memory means: stop reading; a status that was read stays known.
std::size_t Connection::onHeader(char* data, std::size_t size, std::size_t count, void* self) noexcept try {
  const std::string_view line{data, size * count};
  return static_cast<Connection*>(self)->capture_.addHeaderLine(line) ? line.size() : 0;
} catch (const std::bad_alloc&) {
  return 0;
}

std::size_t Connection::onBody(char* data, std::size_t size, std::size_t count, void* self) noexcept try {
  const std::string_view piece{data, size * count};
  return static_cast<Connection*>(self)->capture_.addBody(piece) ? piece.size() : 0;
} catch (const std::bad_alloc&) {
  return 0;
}

// Called when a connection stands and the request is about to go out. When a reused connection turns out to be dead,
// libcurl opens another one and sends the request again by itself; the second call stops that, so that the caller
// decides and every delivery is counted.
int Connection::onRequest(void* self, char* /*remoteIp*/, char* /*localIp*/, int /*remotePort*/,
                          int /*localPort*/) noexcept {
  auto& connection = *static_cast<Connection*>(self);
  if (connection.aborted_) return CURL_PREREQFUNC_ABORT;  // at the last moment, and so certainly not sent
  return ++connection.requestsStarted_ == 1 ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

}  // namespace alpaca::broker::http
