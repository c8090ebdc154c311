#pragma once

#include "support/scripted_server.hpp"
#include "testing/temporary_file.hpp"

#include <alpaca/broker.hpp>

#include <memory>
#include <string>

namespace alpaca::broker::test {

/// A broker that answers every call, on threads that never lack memory, and clients of it.
class Desk {
 public:
  explicit Desk(bool tls);

  /// A client that has not made a call yet.
  [[nodiscard]] std::unique_ptr<BrokerClient> client() const;
  [[nodiscard]] const ClientOptions& options() const noexcept { return options_; }

  /// An order that was not asked for yet.
  OrderId nextOrder();

  /// What the result says must be true by the server's own record.
  void expectHonest(const OrderId& order, const Result<CancelAccepted>& result) const;

  /// A cancel that threw must not have been sent.
  void expectNotSent(const OrderId& order) const;

  /// Calls must work as if nothing had been.
  void expectUsable(BrokerClient& client);

 private:
  ScriptedServer server_;
  testing::TemporaryFile certificate_;
  ClientOptions options_;
  int orders_ = 0;
};

}  // namespace alpaca::broker::test
