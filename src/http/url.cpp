#include "http/url.hpp"

#include "base/ascii.hpp"
#include "http/loopback.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

namespace alpaca::broker::http {
namespace {

Error invalid(const char* field, const std::string& fault, const char* accepted) {
  Error error;
  error.message = std::string(field) + ": " + fault + "; accepted: " + accepted + ".";
  return error;
}

class Url {
 public:
  Url() : url_(curl_url()) {
    if (!url_) throw std::bad_alloc();
  }

  CURLUcode parse(const std::string& text) {
    return checked(curl_url_set(url_.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME | CURLU_PATH_AS_IS));
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

  struct Deleter {
    void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
  };
  std::unique_ptr<CURLU, Deleter> url_;
};

bool hasControlOrSpace(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c == ' ' || !base::isPrintable(c); });
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

}  // namespace

Result<BaseUrl> parseBaseUrl(const std::string& text) {
  constexpr const char* kField = "ClientOptions::baseUrl";
  constexpr const char* kAccepted = "https://host[:port][/prefix], or http:// to a loopback host";
  if (text.empty()) return invalid(kField, "is empty", kAccepted);
  if (hasControlOrSpace(text)) return invalid(kField, "holds a space, a control or a non-ASCII character", kAccepted);
  // An encoded byte in a host would be decoded. The host that is checked here must be the one that is looked up later.
  if (text.find_first_of("?#\\%") != std::string::npos) {
    return invalid(kField, "has a query, a fragment, a backslash or a percent sign", kAccepted);
  }
  Url url;
  if (const CURLUcode code = url.parse(text); code != CURLUE_OK) {
    return invalid(kField, std::string("is not a URL (") + curl_url_strerror(code) + ")", kAccepted);
  }
  const std::string scheme = url.get(CURLUPART_SCHEME);
  const std::string host = url.get(CURLUPART_HOST);
  if (scheme != "https" && scheme != "http") return invalid(kField, "its scheme is neither https nor http", kAccepted);
  if (url.has(CURLUPART_USER) || url.has(CURLUPART_PASSWORD) || text.find('@') != std::string::npos) {
    return invalid(kField, "has a user name or password in it, which belong into Credentials", kAccepted);
  }
  if (scheme == "http" && !isLoopback(host)) {
    return invalid(kField, "plain http would show the credentials to everyone on the way", kAccepted);
  }
  std::string path = url.get(CURLUPART_PATH);
  while (!path.empty() && path.back() == '/') path.pop_back();
  if (!isPlainPath(path)) {
    return invalid(kField, "its path has more than plain segments of A-Z a-z 0-9 - _ . ~", kAccepted);
  }
  const std::string port = url.get(CURLUPART_PORT);
  if (port == "0") return invalid(kField, "has port 0", kAccepted);
  return BaseUrl{scheme + "://" + host + (port.empty() ? "" : ":" + port) + path, host,
                 std::stoi(url.get(CURLUPART_PORT, CURLU_DEFAULT_PORT)), scheme == "http"};
}

Result<ProxyUrl> parseProxyUrl(const std::string& text) {
  constexpr const char* kField = "ClientOptions::proxy";
  constexpr const char* kAccepted = "empty, or http://, socks5:// or socks5h://[user:password@]host[:port]";
  if (text.empty()) return ProxyUrl{};
  if (hasControlOrSpace(text)) return invalid(kField, "holds a space, a control or a non-ASCII character", kAccepted);
  Url url;
  if (const CURLUcode code = url.parse(text); code != CURLUE_OK) {
    return invalid(kField, std::string("is not a URL (") + curl_url_strerror(code) + ")", kAccepted);
  }
  const std::string scheme = url.get(CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "socks5" && scheme != "socks5h") {
    return invalid(kField, "its scheme is not one of http, socks5, socks5h", kAccepted);
  }
  const std::string path = url.get(CURLUPART_PATH);
  if ((!path.empty() && path != "/") || url.has(CURLUPART_QUERY) || url.has(CURLUPART_FRAGMENT)) {
    return invalid(kField, "has more than a host and a port", kAccepted);
  }
  std::string password = url.get(CURLUPART_PASSWORD, CURLU_URLDECODE);
  if (password.empty() && url.has(CURLUPART_PASSWORD)) {
    return invalid(kField, "has an encoded control character in its password", kAccepted);
  }
  return ProxyUrl{text, std::move(password)};
}

}  // namespace alpaca::broker::http
