#pragma once

#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace broker = alpaca::broker;

/// The setting of the guides' code: a desk with a client, an account, an order and reactions to results. It records
/// which reactions were called.
class Desk : public ::testing::Test {
 protected:
  explicit Desk(broker::testing::MockBrokerOptions options = {}) : mock(std::move(options)) {
    mock.addOrder(account, order);
  }

  void keep(const std::string& requestId) { note(requestId.empty() ? "no id" : "keep the id"); }
  void lookAt(const broker::OrderId& id) { note("look at " + id.str()); }
  void settle(const broker::Decimal& filled) { note("settle " + filled.str()); }
  void hedge(const broker::Order& filled) { note("hedge " + filled.filledQty.str() + ' ' + filled.symbol); }
  void report(const broker::Error& error) { note("report " + std::string(toString(error.kind))); }
  void cancelLater(const broker::OrderId& id) { note("cancel later " + id.str()); }
  void callSomebody() { note("call somebody"); }

  void note(std::string what) {
    const std::lock_guard lock(mutex_);
    notes_.push_back(std::move(what));
  }
  [[nodiscard]] std::vector<std::string> notes() const {
    const std::lock_guard lock(mutex_);
    return notes_;
  }

  const broker::AccountId account = broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  const broker::OrderId order = broker::OrderId::parse("61e69015").value();

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> notes_;

 protected:
  broker::testing::MockBroker mock;
  broker::BrokerClient client{mock.credentials(), mock.clientOptions()};  // destroyed first: its callbacks take notes
};
