#pragma once

#include <string>
#include <vector>

namespace alpaca::broker::http {

/// What is the same for every request of a client. Checked before it comes here.
struct ConnectionSettings {
  std::string baseUrl;            ///< scheme, host, port and path prefix, without a trailing slash
  bool plainHttpAllowed = false;  ///< only for a loopback host
  std::string caFile{};           ///< empty: the system's
  bool tlsShared = true;  ///< false: libcurl reads the authorities anew for each connection, and resumes nothing
  std::string proxy{};    ///< empty: none
  std::string userAgent{};
  std::vector<std::string> headers{};  ///< "Name: value"
  bool timings = false;                ///< whether anyone looks at `Exchange::timings`
};

}  // namespace alpaca::broker::http
