#pragma once

#include "testing/broker_book.hpp"
#include "testing/listener.hpp"
#include "testing/temporary_file.hpp"

#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace alpaca::broker::testing {

/// Serves the decisions of a `BrokerBook` over HTTP or HTTPS on 127.0.0.1.
class MockServer {
 public:
  using Hook = std::function<void(const ReceivedRequest&)>;

  /// @param port the port to listen on; 0: any free one
  /// @throws std::runtime_error when the port cannot be bound
  /// @throws std::invalid_argument when the time-out is less than 1 s, or the port does not exist
  MockServer(BrokerBook& book, int port, bool tls, std::chrono::seconds idleTimeout);
  ~MockServer();
  MockServer(const MockServer&) = delete;
  MockServer& operator=(const MockServer&) = delete;

  [[nodiscard]] int port() const noexcept { return port_; }
  [[nodiscard]] const std::string& url() const noexcept { return url_; }
  [[nodiscard]] const std::string& caFile() const noexcept { return caFile_ ? caFile_->path() : none_; }

  void onRequest(Hook hook);

  /// Both may be called by the hook: they do not wait for the requests in progress.
  void shutDown();
  void restart();

  /// Shuts down for good, and waits for the requests in progress.
  void close();

 private:
  void listen(int port);
  void endService();
  void answer(const Listener& listener, std::size_t term, const httplib::Request& request, httplib::Response& response);
  void callHook(const ReceivedRequest& request);

  BrokerBook& book_;
  const std::chrono::seconds idleTimeout_;
  std::optional<Certificate> certificate_;
  std::optional<TemporaryFile> caFile_;
  int port_ = 0;
  std::string url_;
  const std::string none_;
  std::mutex hookMutex_;
  std::shared_ptr<const Hook> hook_;
  std::mutex mutex_;
  bool closed_ = false;
  // The last one serves or is shut down. Handlers of those before it may still run.
  std::list<std::unique_ptr<Listener>> listeners_;
};

}  // namespace alpaca::broker::testing
