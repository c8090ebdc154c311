#include "testing/mock_server.hpp"

#include "testing/certificate.hpp"
#include "testing/connections.hpp"

#include "base/ascii.hpp"
#include "platform/server_sockets.hpp"

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <utility>

namespace alpaca::broker::testing {
namespace {

using std::chrono::milliseconds;

ReceivedRequest received(const httplib::Request& request) {
  ReceivedRequest copy{request.method, request.target, {}, request.body};
  copy.clientPort = request.remote_port;
  for (const auto& [name, value] : request.headers) {
    // cpp-httplib adds these to the received headers.
    if (name != "REMOTE_ADDR" && name != "REMOTE_PORT" && name != "LOCAL_ADDR" && name != "LOCAL_PORT") {
      copy.headers.push_back({name, value});
    }
  }
  return copy;
}

void write(const Answer& answer, httplib::Response& response) {
  response.status = answer.status;
  if (!answer.body.empty()) response.set_content(answer.body, "application/json");
  for (const Header& header : answer.headers) {
    if (base::equalIgnoringCase(header.name, "Content-Type")) response.headers.erase(header.name);  // replaces it
    response.set_header(header.name, header.value);
  }
}

// Completes cpp-httplib's own refusals of unreadable requests, which have no body. Answers of the mock itself have a
// request id.
void completeRefusal(httplib::Response& response) {
  if (response.has_header("X-Request-ID")) return;
  const Answer answer = errorAnswer(response.status, response.status * 100'000LL + 10'000, "the request is malformed");
  response.set_content(answer.body, "application/json");
}

// A larger number would be cut to 16 bits, and the mock would listen on another port.
int checkedPort(int port) {
  constexpr int kMaxPort = 65'535;
  // guard: the mock listens on the port it was given
  if (port >= 0 && port <= kMaxPort) return port;
  throw std::invalid_argument("MockBroker: the port is " + std::to_string(port) + "; accepted: 0 to 65535");
}

}  // namespace

MockServer::MockServer(BrokerBook& book, int port, bool tls, std::chrono::seconds idleTimeout)
    : book_(book), port_(checkedPort(port)) {
  if (idleTimeout < std::chrono::seconds(1)) throw std::invalid_argument("MockBroker: the idle time-out is too short");
  makeServer(tls);
  configureServer(idleTimeout);
  bind();
  url_ = std::string(tls ? "https" : "http") + "://127.0.0.1:" + std::to_string(port_);
  thread_ = std::thread([this] { server_->listen_after_bind(); });
  // stop() has no effect on a server that is not running yet.
  while (!server_->is_running()) std::this_thread::sleep_for(milliseconds(1));
}

MockServer::~MockServer() {
  shutDown();
  thread_.join();
}

void MockServer::makeServer(bool tls) {
  if (!tls) {
    server_ = std::make_unique<httplib::Server>();
    return;
  }
  const Certificate certificate = makeCertificate();
  caFile_.emplace(certificate.pem());
  server_ = std::make_unique<httplib::SSLServer>(certificate.certificate.get(), certificate.key.get());
}

void MockServer::configureServer(std::chrono::seconds idleTimeout) {
  server_->new_task_queue = [this] { return new ThreadPerConnection(port_); };
  server_->set_tcp_nodelay(true);
  server_->set_socket_options([this](socket_t socket) {
    platform::closeOnExec(socket);
    platform::takePortAlone(socket);  // cpp-httplib would share a port in use instead of refusing it
    listener_ = socket;
  });
  // The limit is sent to clients, so it is a number that any client can read.
  server_->set_keep_alive_max_count(std::numeric_limits<std::int32_t>::max());
  server_->set_keep_alive_timeout(static_cast<time_t>(idleTimeout.count()));
  // Matches any path, even one with line breaks: unknown routes must get the mock's own 404, not the library's.
  const char* const anyPath = R"([\s\S]*)";
  const auto serve = [this](const httplib::Request& request, httplib::Response& response) {
    answer(request, response);
  };
  server_->Delete(anyPath, serve).Get(anyPath, serve).Post(anyPath, serve).Put(anyPath, serve).Patch(anyPath, serve);
  server_->Options(anyPath, serve);
  // One of these headers announces a body. When a POST, PUT or PATCH has neither, cpp-httplib would wait for a body
  // all the same.
  server_->set_pre_routing_handler([serve](const httplib::Request& request, httplib::Response& response) {
    const bool hasBody = request.has_header("Content-Length") || request.has_header("Transfer-Encoding");
    if (hasBody) return httplib::Server::HandlerResponse::Unhandled;
    serve(request, response);
    return httplib::Server::HandlerResponse::Handled;
  });
  server_->set_error_handler([](const httplib::Request&, httplib::Response& response) { completeRefusal(response); });
}

void MockServer::bind() {
  constexpr const char* kHost = "127.0.0.1";
  const bool bound = port_ == 0 ? (port_ = server_->bind_to_any_port(kHost)) > 0 : server_->bind_to_port(kHost, port_);
  if (!bound) throw std::runtime_error("MockBroker: port " + std::to_string(port_) + " cannot be bound");
  // cpp-httplib queues 5 connections. If more arrive at once, some would wait a second before they retry.
  platform::lengthenQueue(listener_);
}

void MockServer::onRequest(Hook hook) {
  auto shared = hook ? std::make_shared<const Hook>(std::move(hook)) : nullptr;
  const std::lock_guard lock(hookMutex_);
  hook_ = std::move(shared);
}

void MockServer::shutDown() {
  std::call_once(shutDown_, [&] {
    book_.close();
    end_.set_value();
    server_->stop();
    cutAll(port_);
  });
}

void MockServer::answer(const httplib::Request& request, httplib::Response& response) {
  const ReceivedRequest copy = received(request);
  const std::size_t number = book_.record(copy);
  callHook(copy);
  const Decision decision = decideAndWait(number, request.remote_port);
  if (decision.delivery == Delivery::Answer && book_.handOver(number, decision.answer.status)) {
    write(decision.answer, response);
  } else {
    platform::endConnection(acceptedSocket(port_, request.remote_port));
  }
}

void MockServer::callHook(const ReceivedRequest& request) {
  std::shared_ptr<const Hook> hook;
  {
    const std::lock_guard lock(hookMutex_);
    hook = hook_;
  }
  if (hook) (*hook)(request);
}

Decision MockServer::decideAndWait(std::size_t number, int remotePort) {
  Decision decision = book_.act(number);
  if (decision.delivery == Delivery::Answer) {
    ended_.wait_for(delay_.load());
  } else if (decision.delivery == Delivery::Stall) {
    constexpr milliseconds kBetweenLooks{20};
    const platform::Socket socket = acceptedSocket(port_, remotePort);
    if (socket == platform::kNoSocket) return decision;  // it hung up before the lookup
    while (ended_.wait_for(kBetweenLooks) == std::future_status::timeout && !platform::hasHungUp(socket)) {
    }
  }
  return decision;
}

}  // namespace alpaca::broker::testing
