#pragma once

#include <alpaca/broker/export.hpp>
#include <alpaca/broker/options.hpp>
#include <alpaca/broker/version.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace alpaca::broker::testing {
inline namespace ALPACA_BROKER_ABI {

/// A request as the broker received it, and what it made of it.
struct ALPACA_BROKER_EXPORT ReceivedRequest {
  std::string method{};           ///< `DELETE`, `GET`
  std::string target{};           ///< byte for byte as it stood in the request line
  std::vector<Header> headers{};  ///< in the order they came in
  std::string body{};             ///< empty, as no call has one

  /// What the broker decided to answer, whatever the client was told after that: 204 for a cancel means that the
  /// broker accepted it. 0 when nothing was decided: not yet, or because of a fault.
  int status = 0;

  /// What the client was told, which a fault can make another one. 0 while an answer is still due, and for good when a
  /// fault or the end of the broker kept it back.
  int statusTold = 0;

  /// The port that it came from: the same for all requests of one connection.
  int clientPort = 0;

  /// The value of the first header with this name, in any case; empty when there is none.
  [[nodiscard]] std::string header(std::string_view name) const;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker::testing
