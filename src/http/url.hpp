#pragma once

#include <alpaca/broker/result.hpp>

#include <string>

namespace alpaca::broker::http {

/// The address of the broker, ready to have a request target put behind it.
struct BaseUrl {
  std::string text;  ///< without a trailing slash
  std::string host;
  int port = 0;
  bool plainHttp = false;  ///< only ever true for a loopback host
};

/// Reads `https://host[:port][/prefix]`, or `http://` for a loopback host, with the parser that will also send the
/// request, so that both understand the same host.
///
/// @return `InvalidArgument` saying what is wrong; never with the text itself, which may hold a password.
Result<BaseUrl> parseBaseUrl(const std::string& text);

/// The proxy as libcurl takes it, and its password, which must not show up anywhere.
struct ProxyUrl {
  std::string text;
  std::string password;
};

/// Reads `http://`, `socks5://` or `socks5h://[user:password@]host[:port]`; an empty text is no proxy.
///
/// @return `InvalidArgument` saying what is wrong; never with the text itself, which may hold a password.
Result<ProxyUrl> parseProxyUrl(const std::string& text);

}  // namespace alpaca::broker::http
