#pragma once

#include "support/scripted_server.hpp"
#include "testing/temporary_file.hpp"

#include <alpaca/broker.hpp>

#include <memory>
#include <string>

namespace alpaca::broker::test {

/// A broker that answers every call, on threads whose allocations never fail, and clients of it.
class Desk {
 public:
  explicit Desk(bool tls);

  /// A client that has not made a call yet.
  [[nodiscard]] std::unique_ptr<BrokerClient> client() const;
  [[nodiscard]] const ClientOptions& options() const noexcept { return options_; }

  /// An order id that was not used yet.
  OrderId nextOrder();

  /// Checks the result against the server's own record.
  void expectHonest(const OrderId& order, const Result<CancelAccepted>& result) const;

  /// Checks that a cancel that threw was not sent.
  void expectNotSent(const OrderId& order) const;

  /// Checks that calls work as if nothing had happened.
  void expectUsable(BrokerClient& client);

 private:
  ScriptedServer server_;
  testing::TemporaryFile certificate_;
  ClientOptions options_;
  int orders_ = 0;
};

}  // namespace alpaca::broker::test
