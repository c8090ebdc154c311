#include "testing/listener.hpp"

#include "testing/answer.hpp"
#include "testing/connections.hpp"

#include "platform/server_sockets.hpp"

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <thread>

namespace alpaca::broker::testing {
namespace {

using std::chrono::milliseconds;

std::unique_ptr<httplib::Server> makeServer(const Certificate* certificate) {
  if (certificate == nullptr) return std::make_unique<httplib::Server>();
  return std::make_unique<httplib::SSLServer>(certificate->certificate.get(), certificate->key.get());
}

// Completes cpp-httplib's own refusals of unreadable requests, which have no body. Answers of the mock itself have a
// request id.
void completeRefusal(httplib::Response& response) {
  if (response.has_header("X-Request-ID")) return;
  const Answer answer = errorAnswer(response.status, response.status * 100'000LL + 10'000, "the request is malformed");
  response.set_content(answer.body, "application/json");
}

}  // namespace

Listener::Listener(int port, const Certificate* certificate, std::chrono::seconds idleTimeout, const Handler& handler)
    : port_(port), server_(makeServer(certificate)) {
  configure(idleTimeout, handler);
  bind();
  serving_ = std::async(std::launch::async, [this] { return server_->listen_after_bind(); });
  // stop() has no effect on a server that is not running yet.
  while (!server_->is_running()) std::this_thread::sleep_for(milliseconds(1));
}

Listener::~Listener() { shutDown(); }

void Listener::configure(std::chrono::seconds idleTimeout, const Handler& handler) {
  server_->new_task_queue = [this] { return new ThreadPerConnection(port_); };
  server_->set_tcp_nodelay(true);
  server_->set_socket_options([this](socket_t socket) {
    platform::closeOnExec(socket);
    platform::takePortAlone(socket);  // cpp-httplib would share a port in use instead of refusing it
    socket_ = socket;
  });
  // The limit is sent to clients, so it is a number that any client can read.
  server_->set_keep_alive_max_count(std::numeric_limits<std::int32_t>::max());
  server_->set_keep_alive_timeout(static_cast<time_t>(idleTimeout.count()));
  // Matches any path, even one with line breaks: unknown routes must get the mock's own 404, not the library's.
  const char* const anyPath = R"([\s\S]*)";
  const auto serve = [this, handler](const httplib::Request& request, httplib::Response& response) {
    handler(*this, request, response);
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

void Listener::bind() {
  constexpr const char* kHost = "127.0.0.1";
  const bool bound = port_ == 0 ? (port_ = server_->bind_to_any_port(kHost)) > 0 : server_->bind_to_port(kHost, port_);
  if (!bound) throw std::runtime_error("MockBroker: port " + std::to_string(port_) + " cannot be bound");
  // cpp-httplib queues 5 connections. If more arrive at once, some would wait a second before they retry.
  platform::lengthenQueue(socket_);
}

void Listener::shutDown() {
  std::call_once(shutDown_, [&] {
    end_.set_value();
    server_->stop();
    cutAll(port_);
  });
}

bool Listener::isShutDownWithin(milliseconds time) const { return ended_.wait_for(time) == std::future_status::ready; }

bool Listener::hasFinished() const { return serving_.wait_for(milliseconds(0)) == std::future_status::ready; }

platform::Socket Listener::socketOf(const httplib::Request& request) const {
  return acceptedSocket(port_, request.remote_port);
}

}  // namespace alpaca::broker::testing
