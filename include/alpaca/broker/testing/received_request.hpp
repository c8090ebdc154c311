#pragma once

#include <alpaca/broker/export.hpp>
#include <alpaca/broker/options.hpp>
#include <alpaca/broker/version.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace alpaca::broker::testing {
inline namespace ALPACA_BROKER_ABI {

/// A request as the broker received it, and how the broker answered it.
struct ALPACA_BROKER_EXPORT ReceivedRequest {
  std::string method{};           ///< `DELETE`, `GET`
  std::string target{};           ///< byte for byte as in the request line
  std::vector<Header> headers{};  ///< in order of arrival
  std::string body{};             ///< empty for every call of the client

  /// The status that the broker decided on, whatever the client was told. 204 for a cancel means that the broker
  /// accepted it. 0 when nothing was decided: not yet, or because of a fault.
  int status = 0;

  /// The status that the client was told. A fault can make it differ from `status`. 0 while no answer was sent; it
  /// stays 0 when a fault or the end of the broker held the answer back. A cut answer has told its status.
  int statusTold = 0;

  /// The client's port: the same for all requests of one connection.
  int clientPort = 0;

  /// The value of the first header with this name, in any case; empty when there is none.
  [[nodiscard]] std::string header(std::string_view name) const;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker::testing
