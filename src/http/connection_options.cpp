// Sets libcurl's options when a connection is prepared, and before each exchange.
#include "http/connection.hpp"

#include "base/base64.hpp"
#include "base/wipe.hpp"

#include <algorithm>
#include <climits>
#include <new>
#include <utility>

namespace alpaca::broker::http {
namespace {

using std::chrono::milliseconds;

template <class Value>
void set(CURL* easy, CURLoption option, const char* name, Value value) {
  const CURLcode code = curl_easy_setopt(easy, option, value);
  if (code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  if (code != CURLE_OK) {
    throw ConnectionSetupError(std::string("libcurl refused ") + name + ": " + curl_easy_strerror(code));
  }
}

// Every option is verified: a guard must not be missing silently because a libcurl lacks the option.
#define ALPACA_BROKER_SET(option, value) set(easy_.get(), option, #option, value)

long curlMilliseconds(milliseconds time) noexcept {
  // 0 would mean "no limit" to libcurl.
  return static_cast<long>(std::clamp<milliseconds::rep>(time.count(), 1, INT_MAX));
}

// True when the target contains nothing that could end the request line and begin another one.
bool isSendable(std::string_view target) noexcept {
  // Counts to the end without a branch, which compilers make fast.
  unsigned hidden = 0;
  for (const char c : target) hidden += c <= ' ' || c > '~' ? 1U : 0U;
  return hidden == 0 && !target.empty() && target.front() == '/';
}

milliseconds timeLeft(TimePoint deadline) noexcept {
  return std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now());
}

}  // namespace

// Parses the server's address once. Later, the target is sent exactly as it was built: libcurl parses none of it as
// part of a URL.
void Connection::applyServer(const ConnectionSettings& settings) {
  // guard: no user name in the URL
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
  // guard: started programs do not inherit a connection
  ALPACA_BROKER_SET(CURLOPT_OPENSOCKETFUNCTION, &Connection::onSocket);
  ALPACA_BROKER_SET(CURLOPT_OPENSOCKETDATA, static_cast<void*>(this));
  ALPACA_BROKER_SET(CURLOPT_CLOSESOCKETFUNCTION, &Connection::onSocketClose);
  ALPACA_BROKER_SET(CURLOPT_CLOSESOCKETDATA, static_cast<void*>(this));
  // guard: QUICK_EXIT: the deadline holds during DNS
  ALPACA_BROKER_SET(CURLOPT_QUICK_EXIT, 1L);  // else an unanswered DNS look-up blocks beyond the deadline
  // guard: PROTOCOLS_STR
  ALPACA_BROKER_SET(CURLOPT_PROTOCOLS_STR, settings.plainHttpAllowed ? "http,https" : "https");
  // guard: TLS 1.2 or newer
  ALPACA_BROKER_SET(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  // guard: the certificate is verified
  ALPACA_BROKER_SET(CURLOPT_SSL_VERIFYPEER, 1L);
  // guard: the host name is verified
  ALPACA_BROKER_SET(CURLOPT_SSL_VERIFYHOST, 2L);
  // guard: no redirect is followed
  ALPACA_BROKER_SET(CURLOPT_FOLLOWLOCATION, 0L);
  // guard: a proxy's headers are not the broker's
  ALPACA_BROKER_SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);  // else a proxy's answer looks like the broker's
  // guard: signal handlers are left alone
  ALPACA_BROKER_SET(CURLOPT_NOSIGNAL, 1L);  // signal handlers belong to the app
  ALPACA_BROKER_SET(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  ALPACA_BROKER_SET(CURLOPT_HTTP09_ALLOWED, 0L);
  // Cookies, netrc, HSTS, alt-svc and content encodings stay off as long as no option switches them on.

  // Both are set even when empty, so that libcurl does not read them from the environment.
  // guard: no proxy from the environment
  ALPACA_BROKER_SET(CURLOPT_PROXY, settings.proxy.c_str());
  // guard: no_proxy does not undo the proxy option
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
  // libcurl's own caches would outlive a change of the CA certificates. The second option is not verified: with some
  // TLS libraries, neither that cache nor the option exists, and no test misses it with libcurl 7.88.
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
    // guard: only the caller's CA certificates count
    ALPACA_BROKER_SET(CURLOPT_CAINFO, settings.caFile.c_str());
    ALPACA_BROKER_SET(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
}

// Puts all headers in one list, even those that have an option in libcurl. libcurl would format those again for every
// request.
void Connection::applyHeaders(const ConnectionSettings& settings) {
  // guard: the credentials are not for a proxy
  ALPACA_BROKER_SET(CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));
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

// Puts the Authorization header before the fixed list, so that a change of credentials rebuilds nothing else.
void Connection::applyLogin(const credentials::CredentialSet& login) {
  std::string user = login.credentials().key() + ":" + login.credentials().secret();
  std::string encoded = base::base64(user);
  std::string line = "Authorization: Basic " + encoded;
  std::unique_ptr<curl_slist, AuthorizationDeleter> authorization(curl_slist_append(nullptr, line.c_str()));
  for (std::string* secret : {&user, &encoded, &line}) base::wipe(*secret);
  if (!authorization) throw std::bad_alloc();
  authorization->next = headers_.get();
  ALPACA_BROKER_SET(CURLOPT_HTTPHEADER, authorization.get());
  authorization_ = std::move(authorization);
  login_ = login.number();
}

void Connection::AuthorizationDeleter::operator()(curl_slist* line) const noexcept {
  line->next = nullptr;  // the rest of the list belongs to headers_
  base::wipe(line->data);
  curl_slist_free_all(line);
}

void Connection::applyRequest(const HttpRequest& request, const Limits& limits) {
  // guard: a target cannot end the request line
  if (!isSendable(request.target))
    throw ConnectionSetupError("the request target has a character that is not printable ASCII");
  target_.resize(prefixLength_);
  target_.append(request.target.view());
  // guard: the target is sent as it was built
  ALPACA_BROKER_SET(CURLOPT_REQUEST_TARGET, target_.c_str());
  ALPACA_BROKER_SET(CURLOPT_TIMEOUT_MS, curlMilliseconds(timeLeft(limits.deadline)));
  // guard: newer credentials reach open connections
  if (limits.login != nullptr && login_ != limits.login->number()) applyLogin(*limits.login);
  if (method_ != request.method) {
    ALPACA_BROKER_SET(CURLOPT_CUSTOMREQUEST, request.method);
    method_ = request.method;
  }
  if (connectTimeout_ != limits.connectTimeout) {
    ALPACA_BROKER_SET(CURLOPT_CONNECTTIMEOUT_MS, curlMilliseconds(limits.connectTimeout));
    connectTimeout_ = limits.connectTimeout;
  }
}

}  // namespace alpaca::broker::http
