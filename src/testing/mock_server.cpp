#include "testing/mock_server.hpp"

#include "base/ascii.hpp"
#include "platform/server_sockets.hpp"

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

// Announces the whole body, writes half of it and ends the connection.
void cutBody(httplib::Response& response, platform::Socket socket) {
  const std::string body = std::exchange(response.body, {});
  const std::string type = response.get_header_value("Content-Type");
  response.headers.erase("Content-Type");
  response.set_content_provider(body.size(), type, [body, socket](std::size_t, std::size_t, httplib::DataSink& sink) {
    sink.write(body.data(), body.size() / 2);
    platform::endConnection(socket);
    return false;
  });
}

void stall(const Listener& listener, platform::Socket socket) {
  constexpr milliseconds kBetweenLooks{20};
  if (socket == platform::kNoSocket) return;  // it hung up before the lookup
  while (!listener.isShutDownWithin(kBetweenLooks) && !platform::hasHungUp(socket)) {
  }
}

// Waits as the decision says. Returns whether the client then gets an answer.
bool isAnswered(const Decision& decision, const Listener& listener, const httplib::Request& request) {
  if (decision.delivery == Delivery::Stall) stall(listener, listener.socketOf(request));
  const bool hasAnswer = decision.delivery == Delivery::Answer || decision.delivery == Delivery::CutBody;
  return hasAnswer && !listener.isShutDownWithin(decision.delay);
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
    : book_(book), idleTimeout_(idleTimeout) {
  if (idleTimeout < std::chrono::seconds(1)) throw std::invalid_argument("MockBroker: the idle time-out is too short");
  if (tls) caFile_.emplace(certificate_.emplace(makeCertificate()).pem());
  listen(checkedPort(port));
  port_ = listeners_.back()->port();
  url_ = std::string(tls ? "https" : "http") + "://127.0.0.1:" + std::to_string(port_);
}

MockServer::~MockServer() { close(); }

void MockServer::close() {
  {
    const std::lock_guard lock(mutex_);
    if (!closed_) endService();
    closed_ = true;
  }
  listeners_.clear();  // waits for the handlers, which now leave the list alone
}

void MockServer::listen(int port) {
  const std::size_t term = book_.term();
  const auto serve = [this, term](const Listener& listener, const httplib::Request& request,
                                  httplib::Response& response) { answer(listener, term, request, response); };
  listeners_.push_back(std::make_unique<Listener>(port, certificate_ ? &*certificate_ : nullptr, idleTimeout_, serve));
}

void MockServer::endService() {
  book_.endTerm();
  listeners_.back()->shutDown();
}

void MockServer::onRequest(Hook hook) {
  auto shared = hook ? std::make_shared<const Hook>(std::move(hook)) : nullptr;
  const std::lock_guard lock(hookMutex_);
  hook_ = std::move(shared);
}

void MockServer::shutDown() {
  const std::lock_guard lock(mutex_);
  if (!closed_) endService();
}

void MockServer::restart() {
  const std::lock_guard lock(mutex_);
  if (closed_) return;
  endService();
  listen(port_);
  listeners_.remove_if([](const auto& listener) { return listener->hasFinished(); });
}

void MockServer::answer(const Listener& listener, std::size_t term, const httplib::Request& request,
                        httplib::Response& response) {
  const ReceivedRequest copy = received(request);
  const std::size_t number = book_.record(copy);
  callHook(copy);
  const Decision decision = book_.act(number, term);
  if (isAnswered(decision, listener, request) && book_.handOver(number, term, decision.answer.status)) {
    write(decision.answer, response);
    if (decision.delivery == Delivery::CutBody) cutBody(response, listener.socketOf(request));
  } else {
    platform::endConnection(listener.socketOf(request));
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

}  // namespace alpaca::broker::testing
