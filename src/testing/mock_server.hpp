#pragma once

#include "platform/socket.hpp"
#include "testing/broker_book.hpp"
#include "testing/temporary_file.hpp"

#include <httplib.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

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

  void delayAnswers(std::chrono::milliseconds delay) noexcept { delay_ = delay; }
  void onRequest(Hook hook);
  void shutDown();

 private:
  void makeServer(bool tls);
  void configureServer(std::chrono::seconds idleTimeout);
  void bind();
  void answer(const httplib::Request& request, httplib::Response& response);
  void callHook(const ReceivedRequest& request);
  Decision decideAndWait(std::size_t number, int remotePort);

  BrokerBook& book_;
  int port_;
  std::atomic<std::chrono::milliseconds> delay_{std::chrono::milliseconds(0)};
  std::mutex hookMutex_;
  std::shared_ptr<const Hook> hook_;
  std::promise<void> end_;
  const std::shared_future<void> ended_{end_.get_future()};
  std::once_flag shutDown_;
  std::unique_ptr<httplib::Server> server_;
  platform::Socket listener_ = platform::kNoSocket;
  std::optional<TemporaryFile> caFile_;
  std::string url_;
  const std::string none_;
  std::thread thread_;
};

}  // namespace alpaca::broker::testing
