#pragma once

#include <alpaca/broker/result.hpp>

#include <string>
#include <string_view>

namespace alpaca::broker::http {

/// True for `localhost`, 127.0.0.0/8 and `::1` (with or without brackets). False for names that only look like them.
bool isLoopback(std::string_view host) noexcept;

/// The address of the broker, to which a request target can be appended.
struct BaseUrl {
  std::string text;  ///< without a trailing slash
  std::string host;
  int port = 0;
  bool plainHttp = false;  ///< true only for a loopback host
};

/// Parses `https://host[:port][/prefix]`, or `http://` for a loopback host. The same parser will send the request, so
/// that both see the same host.
///
/// @return `InvalidArgument` with the fault; never with the text itself, which may contain a password
Result<BaseUrl> parseBaseUrl(const std::string& text);

/// The proxy's address as libcurl takes it, and its password, which must not appear anywhere.
struct ProxyUrl {
  std::string text;
  std::string password;
};

/// Parses `http://`, `socks5://` or `socks5h://[user:password@]host[:port]`. An empty text means no proxy.
///
/// @return `InvalidArgument` with the fault; never with the text itself, which may contain a password
Result<ProxyUrl> parseProxyUrl(const std::string& text);

}  // namespace alpaca::broker::http
