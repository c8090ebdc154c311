#include <alpaca/broker/testing/mock_broker.hpp>

#include "testing/broker_book.hpp"
#include "testing/certificate.hpp"
#include "testing/temporary_file.hpp"

#include <httplib.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <limits>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>

namespace alpaca::broker::testing {
namespace {

// A thread for each connection, for as long as it lasts. cpp-httplib's own pool has a fixed size, and a kept-alive
// connection holds its thread: with more connections than threads, the rest would wait for nothing.
class ThreadPerConnection : public httplib::TaskQueue {
 public:
  void enqueue(std::function<void()> serve) override {
    {
      const std::lock_guard lock(mutex_);
      ++running_;
    }
    std::thread([this, serve = std::move(serve)] {
      serve();
      const std::lock_guard lock(mutex_);
      if (--running_ == 0) allDone_.notify_all();
    }).detach();
  }

  void shutdown() override {
    std::unique_lock lock(mutex_);
    allDone_.wait(lock, [&] { return running_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable allDone_;
  int running_ = 0;
};

std::string expectedAuthorization(const Credentials& credentials) {
  return httplib::make_basic_authentication_header(credentials.key(), credentials.secret()).second;
}

ReceivedRequest received(const httplib::Request& request) {
  ReceivedRequest copy{request.method, request.target, {}, request.body};
  for (const auto& [name, value] : request.headers) {
    // cpp-httplib adds these to what came over the wire.
    if (name != "REMOTE_ADDR" && name != "REMOTE_PORT" && name != "LOCAL_ADDR" && name != "LOCAL_PORT") {
      copy.headers.push_back({name, value});
    }
  }
  return copy;
}

}  // namespace

class MockBroker::Impl {
 public:
  explicit Impl(MockBrokerOptions options)
      : options_(std::move(options)), book_(expectedAuthorization(options_.credentials), options_.rateLimit) {
    makeServer();
    configureServer();
    bind();
    thread_ = std::thread([this] { server_->listen_after_bind(); });
    // stop() has no effect on a server that does not run yet.
    while (!server_->is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }

  ~Impl() {
    server_->stop();
    thread_.join();
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[nodiscard]] const MockBrokerOptions& options() const noexcept { return options_; }
  [[nodiscard]] const std::string& url() const noexcept { return url_; }
  [[nodiscard]] const std::string& caFile() const noexcept { return caFile_ ? caFile_->path() : none_; }
  BrokerBook& book() noexcept { return book_; }
  void delayAnswers(std::chrono::milliseconds delay) noexcept { delay_ = delay; }

 private:
  void makeServer() {
    if (!options_.tls) {
      server_ = std::make_unique<httplib::Server>();
      return;
    }
    const Certificate certificate = makeCertificate();
    caFile_.emplace(certificate.pem());
    server_ = std::make_unique<httplib::SSLServer>(certificate.certificate.get(), certificate.key.get());
  }

  void configureServer() {
    server_->new_task_queue = [] { return new ThreadPerConnection; };
    server_->set_tcp_nodelay(true);
    server_->set_socket_options([this](socket_t socket) {
      // Not the library's SO_REUSEPORT, with which a taken port would be shared instead of refused.
      const int on = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
      listener_ = socket;
    });
    server_->set_keep_alive_max_count(std::numeric_limits<std::size_t>::max());
    // Any path, also one with line breaks in it: what is not a route of ours gets our own 404, not the library's.
    const char* const anyPath = R"([\s\S]*)";
    const auto serve = [this](const httplib::Request& request, httplib::Response& response) {
      answer(request, response);
    };
    server_->Delete(anyPath, serve).Get(anyPath, serve).Post(anyPath, serve).Put(anyPath, serve).Patch(anyPath, serve);
  }

  void bind() {
    constexpr const char* kHost = "127.0.0.1";
    const bool bound = options_.port == 0 ? (options_.port = server_->bind_to_any_port(kHost)) > 0
                                          : server_->bind_to_port(kHost, options_.port);
    if (!bound) throw std::runtime_error("MockBroker: port " + std::to_string(options_.port) + " cannot be bound");
    // cpp-httplib lets 5 connections queue; of more that come at once, some would wait a second for the next try.
    ::listen(listener_, SOMAXCONN);
    url_ = std::string(options_.tls ? "https" : "http") + "://" + kHost + ":" + std::to_string(options_.port);
  }

  void answer(const httplib::Request& request, httplib::Response& response) {
    Answer answer = book_.receive(received(request));
    std::this_thread::sleep_for(delay_.load());
    response.status = answer.status;
    for (const Header& header : answer.headers) response.set_header(header.name, header.value);
    if (!answer.body.empty()) response.set_content(answer.body, "application/json");
  }

  MockBrokerOptions options_;
  BrokerBook book_;
  std::atomic<std::chrono::milliseconds> delay_{std::chrono::milliseconds(0)};
  std::unique_ptr<httplib::Server> server_;
  socket_t listener_ = INVALID_SOCKET;
  std::optional<TemporaryFile> caFile_;
  std::string url_;
  const std::string none_;
  std::thread thread_;
};

MockBroker::MockBroker(MockBrokerOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
MockBroker::~MockBroker() = default;

const std::string& MockBroker::url() const noexcept { return impl_->url(); }
int MockBroker::port() const noexcept { return impl_->options().port; }
const Credentials& MockBroker::credentials() const noexcept { return impl_->options().credentials; }
const std::string& MockBroker::caFile() const noexcept { return impl_->caFile(); }

ClientOptions MockBroker::clientOptions() const {
  ClientOptions options;
  options.baseUrl = url();
  options.tls.caFile = caFile();
  return options;
}

void MockBroker::addOrder(const AccountId& account, const OrderId& order, std::string status) {
  impl_->book().addOrder(account.str(), order.str(), std::move(status));
}

std::string MockBroker::orderStatus(const AccountId& account, const OrderId& order) const {
  return impl_->book().orderStatus(account.str(), order.str());
}

void MockBroker::settleCancels() { impl_->book().settleCancels(); }

void MockBroker::failNext(int status, std::string body, std::vector<Header> headers) {
  impl_->book().failNext({status, std::move(body), std::move(headers)});
}

void MockBroker::delayAnswers(std::chrono::milliseconds delay) { impl_->delayAnswers(delay); }
std::vector<ReceivedRequest> MockBroker::requests() const { return impl_->book().requests(); }
std::size_t MockBroker::requestCount() const { return impl_->book().requestCount(); }

}  // namespace alpaca::broker::testing
