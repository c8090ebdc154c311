// An input is a URL, used as the broker's and as the proxy's.
#include "fuzz/fuzz_target.hpp"

#include "http/url.hpp"

#include <curl/curl.h>

#include <memory>
#include <string>

namespace alpaca::broker::fuzz {
namespace {

constexpr std::string_view kPassword = "hunter2-hunter2";

std::string lowerCase(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

bool isLoopback(const std::string& host) {
  if (lowerCase(host) == "localhost" || host == "[::1]") return true;
  return host.substr(0, 4) == "127." && host.find_first_not_of("0123456789.") == std::string::npos &&
         std::count(host.begin(), host.end(), '.') == 3;
}

// A part of the URL as libcurl, which will send the request, understands it.
std::string part(const std::string& url, CURLUPart which) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> handle(curl_url(), curl_url_cleanup);
  char* text = nullptr;
  if (curl_url_set(handle.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME | CURLU_PATH_AS_IS) !=
          CURLUE_OK ||
      curl_url_get(handle.get(), which, &text, 0) != CURLUE_OK) {
    return {};
  }
  const std::unique_ptr<char, void (*)(void*)> owner(text, curl_free);
  return text;
}

void checkRefusal(const Error& error) {
  require(error.kind == ErrorKind::InvalidArgument, "a bad URL is an invalid argument");
  require(isOnePrintableLine(error.message) && error.message.size() < 300, "a bad URL is not repeated");
  require(!contains(error.message, kPassword), "no message holds a password");
}

void checkSameServer(const std::string& text, const http::BaseUrl& url) {
  for (const CURLUPart which : {CURLUPART_HOST, CURLUPART_ZONEID, CURLUPART_PORT}) {
    require(part(text, which) == part(url.text, which), "the normal form names the same server");
  }
  const std::string target = "/v1/trading/accounts/a/orders/b";
  const std::string whole = url.text + target;
  require(part(whole, CURLUPART_HOST) == part(url.text, CURLUPART_HOST), "a target does not change the server");
  const std::string path = part(whole, CURLUPART_PATH);
  require(path.size() >= target.size() && path.substr(path.size() - target.size()) == target,
          "a target comes last in the path");
  require(part(whole, CURLUPART_QUERY).empty() && part(whole, CURLUPART_FRAGMENT).empty(), "a target is a path");
}

void checkBaseUrl(const std::string& text) {
  const auto url = http::parseBaseUrl(text);
  if (!url) return checkRefusal(url.error());
  require(isOnePrintableLine(url->text), "an accepted URL is printable");
  const bool isHttps = url->text.substr(0, 8) == "https://";
  require(isHttps || url->text.substr(0, 7) == "http://", "an accepted URL is https, or http");
  require(url->plainHttp != isHttps, "it is known whether it is plain http");
  require(isHttps || isLoopback(part(url->text, CURLUPART_HOST)), "plain http goes to this machine only");
  require(!contains(text, "@"), "an accepted URL holds no user name");
  require(url->text.find_first_of("@?#\\ ") == std::string::npos && url->text.back() != '/', "it is ready for a path");
  checkSameServer(text, *url);
  const auto again = http::parseBaseUrl(url->text);
  require(again && again->text == url->text && again->plainHttp == url->plainHttp, "the normal form stays as it is");
}

void checkProxyUrl(const std::string& text) {
  const auto url = http::parseProxyUrl(text);
  if (!url) return checkRefusal(url.error());
  require(url->text == text, "libcurl gets the proxy as the caller wrote it");
  if (text.empty()) return;
  const std::string scheme = part(text, CURLUPART_SCHEME);
  require(scheme == "http" || scheme == "socks5" || scheme == "socks5h", "an accepted proxy is of a known kind");
  require(!contains(text, kPassword) || contains(url->password, kPassword), "the password is known, so as to hide it");
}

// The same URL with a password before each "@".
std::string withPassword(std::string text) {
  const std::string inserted = ":" + std::string(kPassword);
  for (auto at = text.find('@'); at != std::string::npos; at = text.find('@', at + inserted.size() + 1)) {
    text.insert(at, inserted);
  }
  return text;
}

}  // namespace

void check(std::string_view input) {
  const std::string text(input);
  checkBaseUrl(text);
  if (!contains(text, kPassword)) checkProxyUrl(text);
  if (!contains(text, "@")) return;
  checkBaseUrl(withPassword(text));
  checkProxyUrl(withPassword(text));
}

}  // namespace alpaca::broker::fuzz
