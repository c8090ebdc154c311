#pragma once

#include <alpaca/broker.hpp>

#include <optional>
#include <string>

namespace alpaca::broker::test {

/// A client that is still alive when its app ends: it keeps connections warm and has made a call.
inline ClientOptions exitOptions(const std::string& url, const std::string& caFile) {
  ClientOptions options;
  options.baseUrl = url;
  options.tls.caFile = caFile;
  options.maxConnections = 4;
  options.keepWarm.connections = 2;
  options.keepWarm.interval = std::chrono::seconds(1);
  return options;
}

inline Credentials exitCredentials() { return {"exit-api-key", "exit-api-secret"}; }
inline AccountId exitAccount() { return *AccountId::parse("b9b19618-22dd-4e80-8432-fc9e1ba0b27d"); }
inline OrderId exitOrder() { return *OrderId::parse("61e69015-8549-4bfd-b9c3-01e75843f47d"); }

inline void fill(std::optional<BrokerClient>& client, ClientOptions options) {
  client.emplace(exitCredentials(), options);
  static_cast<void>(client->cancelOrder(exitAccount(), exitOrder()));
}

/// Starts calls on the client's own threads.
inline void beginCalls(BrokerClient& client) {
  for (int i = 0; i < 20; ++i) {
    static_cast<void>(client.cancelOrderAsync(exitAccount(), exitOrder(), [](const auto&) {}));
  }
}

}  // namespace alpaca::broker::test
