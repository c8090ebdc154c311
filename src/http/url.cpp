#include "http/url.hpp"

#include "base/ascii.hpp"
#include "base/scanner.hpp"
#include "model/invalid_argument.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

namespace alpaca::broker::http {
namespace {

using model::invalidArgument;

class Url {
 public:
  Url() {
    if (!url_) throw std::bad_alloc();
  }

  // Returns why the text is not a URL; nothing if it is one.
  std::string_view parse(const std::string& text) {
    const bool isClean = std::all_of(text.begin(), text.end(), [](char c) { return c != ' ' && base::isPrintable(c); });
    if (!isClean) return "holds a space, a control or a non-ASCII character";
    if (text.find("://") == std::string::npos) return "does not begin with a scheme and ://";
    constexpr unsigned kFlags = CURLU_NON_SUPPORT_SCHEME | CURLU_PATH_AS_IS;
    switch (checked(curl_url_set(url_.get(), CURLUPART_URL, text.c_str(), kFlags))) {
      case CURLUE_OK:
        return "";
      case CURLUE_NO_HOST:
        return "has no host";
      case CURLUE_BAD_PORT_NUMBER:
        return "has a port that is not a number from 1 to 65535";
      default:
        return "is not a URL";
    }
  }

  [[nodiscard]] bool has(CURLUPart part) const { return !get(part).empty(); }

  // Returns the part, or an empty string when the URL lacks it.
  [[nodiscard]] std::string get(CURLUPart part, unsigned flags = 0) const {
    char* text = nullptr;
    if (checked(curl_url_get(url_.get(), part, &text, flags)) != CURLUE_OK) return {};
    const std::unique_ptr<char, void (*)(void*)> owner(text, curl_free);
    return text;
  }

 private:
  // Throws when memory ran out, as otherwise the text would be blamed for it.
  static CURLUcode checked(CURLUcode code) {
    // guard: an option is not blamed for a lack of memory
    if (code == CURLUE_OUT_OF_MEMORY) throw std::bad_alloc();
    return code;
  }

  std::unique_ptr<CURLU, void (*)(CURLU*)> url_{curl_url(), curl_url_cleanup};
};

// One of the four numbers of an IPv4 address. A leading zero is not allowed, as some parsers take it for octal.
int octet(base::Scanner& scanner) noexcept {
  int value = scanner.digit();
  while (value != 0 && value < 100 && base::isDigit(scanner.next())) value = value * 10 + scanner.digit();
  return value;
}

// Parsed by hand: some system libraries accept shorter and stranger spellings of an address.
bool isLoopbackIpv4(std::string_view host) noexcept {
  base::Scanner scanner(host);
  bool isLoopback = octet(scanner) == 127;
  for (int others = 0; others < 3; ++others) {
    scanner.skip('.');
    isLoopback = octet(scanner) <= 255 && isLoopback;
  }
  return isLoopback && scanner.ok() && scanner.atEnd();
}

// Accepts plain segments only: nothing that a server or libcurl could read as another path.
bool isPlainPath(std::string_view path) {
  if (path.empty()) return true;
  if (path.front() != '/') return false;
  path.remove_prefix(1);
  for (;;) {
    const auto end = path.find('/');
    const std::string_view segment = path.substr(0, end);
    const bool plain = std::all_of(segment.begin(), segment.end(), [](char c) {
      return base::isAlphanumeric(c) || c == '-' || c == '_' || c == '.' || c == '~';
    });
    if (!plain || segment.empty() || segment == "." || segment == "..") return false;
    if (end == std::string_view::npos) return true;
    path.remove_prefix(end + 1);
  }
}

// Returns the version of an API, such as v1, that ends the path or is followed by the client's own path; empty if there
// is none. A gateway may have a version of its own before its prefix.
std::string_view versionIn(std::string_view path) noexcept {
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const std::string_view segment = path.substr(0, path.find('/'));
    const bool isVersion = segment.size() > 1 && base::lowerCase(segment.front()) == 'v' &&
                           std::all_of(segment.begin() + 1, segment.end(), base::isDigit);
    path.remove_prefix(segment.size());
    constexpr std::string_view kOwnPath = "/trading";
    if (isVersion && (path.empty() || path.substr(0, kOwnPath.size()) == kOwnPath)) return segment;
  }
  return {};
}

// Alpaca's other APIs answer a request of the Broker API with 401 or 404, which would be blamed on credentials or ids.
std::string_view otherApiAt(std::string_view host) noexcept {
  const auto isAnyOf = [host](std::initializer_list<std::string_view> hosts) {
    return std::any_of(hosts.begin(), hosts.end(),
                       [host](std::string_view other) { return base::equalIgnoringCase(host, other); });
  };
  if (isAnyOf({"api.alpaca.markets", "paper-api.alpaca.markets"})) return "Trading";
  if (isAnyOf({"data.alpaca.markets", "data.sandbox.alpaca.markets"})) return "Market Data";
  return {};
}

}  // namespace

bool isLoopback(std::string_view host) noexcept {
  return base::equalIgnoringCase(host, "localhost") || host == "[::1]" || host == "::1" || isLoopbackIpv4(host);
}

Result<BaseUrl> parseBaseUrl(const std::string& text) {
  constexpr const char* kField = "ClientOptions::baseUrl";
  constexpr const char* kAccepted = "https://host[:port][/prefix], or http:// to a loopback host";
  if (text.empty()) return invalidArgument(kField, "is empty", kAccepted);
  // An encoded byte in a host would be decoded. The host that is checked here must be the one that is looked up later.
  if (text.find_first_of("?#\\%") != std::string::npos) {
    return invalidArgument(kField, "has a query, a fragment, a backslash or a percent sign", kAccepted);
  }
  Url url;
  if (const auto fault = url.parse(text); !fault.empty()) return invalidArgument(kField, fault, kAccepted);
  const std::string scheme = url.get(CURLUPART_SCHEME);
  const std::string host = url.get(CURLUPART_HOST);
  if (scheme != "https" && scheme != "http")
    return invalidArgument(kField, "has a scheme other than https and http", kAccepted);
  if (url.has(CURLUPART_USER) || url.has(CURLUPART_PASSWORD) || text.find('@') != std::string::npos) {
    return invalidArgument(kField, "has a user name or password, which belong in Credentials", kAccepted);
  }
  if (scheme == "http" && !isLoopback(host)) {
    return invalidArgument(kField, "is plain http, which would show the credentials to everyone on the way", kAccepted);
  }
  if (const auto api = otherApiAt(host); !api.empty()) {
    return invalidArgument(kField, "is the address of Alpaca's " + std::string(api) + " API",
                           "a host of the Broker API, such as kSandboxUrl and kProductionUrl");
  }
  std::string path = url.get(CURLUPART_PATH);
  while (!path.empty() && path.back() == '/') path.pop_back();
  if (!isPlainPath(path)) {
    return invalidArgument(
        kField, "has a path with an empty, . or .. segment or a character outside A-Z a-z 0-9 - _ . ~", kAccepted);
  }
  // With two versions in its path, every call would be a 404.
  // guard: a base URL with a version is refused
  if (const auto version = versionIn(path); !version.empty()) {
    return invalidArgument(kField, "has /" + std::string(version) + " in its path, but the client adds /v1 itself",
                           "the same URL, ending before /" + std::string(version));
  }
  const std::string port = url.get(CURLUPART_PORT);
  if (port == "0") return invalidArgument(kField, "has port 0", kAccepted);
  return BaseUrl{scheme + "://" + host + (port.empty() ? "" : ":" + port) + path, host,
                 std::stoi(url.get(CURLUPART_PORT, CURLU_DEFAULT_PORT)), scheme == "http"};
}

Result<ProxyUrl> parseProxyUrl(const std::string& text) {
  constexpr const char* kField = "ClientOptions::proxy";
  constexpr const char* kAccepted = "empty, or http://, socks5:// or socks5h://[user:password@]host[:port]";
  if (text.empty()) return ProxyUrl{};
  Url url;
  if (const auto fault = url.parse(text); !fault.empty()) return invalidArgument(kField, fault, kAccepted);
  const std::string scheme = url.get(CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "socks5" && scheme != "socks5h") {
    return invalidArgument(kField, "has a scheme other than http, socks5 and socks5h", kAccepted);
  }
  const std::string path = url.get(CURLUPART_PATH);
  if ((!path.empty() && path != "/") || url.has(CURLUPART_QUERY) || url.has(CURLUPART_FRAGMENT)) {
    return invalidArgument(kField, "has more than a host and a port", kAccepted);
  }
  std::string password = url.get(CURLUPART_PASSWORD, CURLU_URLDECODE);
  if (password.empty() && url.has(CURLUPART_PASSWORD)) {
    return invalidArgument(kField, "has an encoded control character in its password", kAccepted);
  }
  return ProxyUrl{text, std::move(password)};
}

}  // namespace alpaca::broker::http
