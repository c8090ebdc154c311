#pragma once

#include <alpaca/broker/options.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <utility>

/// Points a scenario's client somewhere else than to the server's own address. Each function wraps another adjustment,
/// which sets the attempts and time-outs: `throughProxy(threeAttempts)`.
namespace alpaca::broker::test {

using Adjust = std::function<void(ClientOptions&)>;

inline std::string portOf(const std::string& url) { return url.substr(url.rfind(':') + 1); }

/// Times out each attempt early, for a server that stalls in every attempt.
inline Adjust hurried(Adjust then) {
  return [then = std::move(then)](ClientOptions& options) {
    then(options);
    options.attemptTimeout = std::chrono::milliseconds(100);
  };
}

/// To an address that has nothing to do with the server.
inline Adjust at(std::string url, Adjust then) {
  return [url = std::move(url), then = std::move(then)](ClientOptions& options) {
    options.baseUrl = url;
    then(options);
  };
}

/// To the server under another host name.
inline Adjust named(std::string host, Adjust then) {
  return [host = std::move(host), then = std::move(then)](ClientOptions& options) {
    options.baseUrl = "https://" + host + ":" + portOf(options.baseUrl);
    then(options);
  };
}

/// Uses TLS towards a server that does not speak it.
inline Adjust overTls(Adjust then) { return named("127.0.0.1", std::move(then)); }

/// To a broker that only a proxy can reach. The server plays the proxy.
inline Adjust throughProxy(Adjust then, std::string scheme = "http") {
  return [scheme = std::move(scheme), then = std::move(then)](ClientOptions& options) {
    options.proxy = scheme + "://127.0.0.1:" + portOf(options.baseUrl);
    options.baseUrl = "https://broker.invalid";
    then(options);
  };
}

}  // namespace alpaca::broker::test
