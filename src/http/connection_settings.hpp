#pragma once

#include <string>
#include <vector>

namespace alpaca::broker::http {

/// The settings that all requests of a client share. They have been validated.
struct ConnectionSettings {
  std::string baseUrl;            ///< scheme, host, port and path prefix, without a trailing slash
  bool plainHttpAllowed = false;  ///< only for a loopback host
  std::string caFile{};           ///< empty: the system's CA certificates
  /// When false, libcurl reads the CA certificates again for each connection, and resumes no TLS session.
  bool tlsShared = true;
  bool timings =
      false;  ///< whether `Exchange::timings` is filled in: a warm cancel without an observer does not pay for it
  std::string proxy{};  ///< empty: no proxy
  std::string userAgent{};
  std::vector<std::string> headers{};  ///< "Name: value"
};

}  // namespace alpaca::broker::http
