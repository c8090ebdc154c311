// Longer than 200 lines: a server, its TLS and its connections, which only this file may know.
#include "support/scripted_server.hpp"

#include "testing/certificate.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace alpaca::broker::test {

struct ScriptedServer::TlsContext {
  explicit TlsContext(const TlsScript& script)
      : certificate(testing::makeCertificate(script.names, script.validDays)),
        context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
    SSL_CTX_use_certificate(context.get(), certificate.certificate.get());
    SSL_CTX_use_PrivateKey(context.get(), certificate.key.get());
    if (script.onlyTls11) {
      SSL_CTX_set_security_level(context.get(), 0);  // a higher level does not offer TLS 1.1
      SSL_CTX_set_min_proto_version(context.get(), TLS1_1_VERSION);
      SSL_CTX_set_max_proto_version(context.get(), TLS1_1_VERSION);
    }
    if (script.onlyTls12) SSL_CTX_set_max_proto_version(context.get(), TLS1_2_VERSION);
  }

  testing::Certificate certificate;
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context;
};

class Peer::Tls {
 public:
  Tls(SSL_CTX* context, int socket) : ssl_(SSL_new(context), SSL_free) {
    SSL_set_fd(ssl_.get(), socket);
    accepted_ = SSL_accept(ssl_.get()) == 1;
  }

  [[nodiscard]] bool resumed() const { return accepted_ && SSL_session_reused(ssl_.get()) == 1; }
  int read(char* buffer, std::size_t size) {
    return accepted_ ? SSL_read(ssl_.get(), buffer, static_cast<int>(size)) : 0;
  }
  bool write(std::string_view bytes) {
    return accepted_ && SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
  }
  bool sendTicket() {
    return accepted_ && SSL_new_session_ticket(ssl_.get()) == 1 && SSL_do_handshake(ssl_.get()) == 1;
  }
  bool changeKeys() {
    return accepted_ && SSL_key_update(ssl_.get(), SSL_KEY_UPDATE_NOT_REQUESTED) == 1 &&
           SSL_do_handshake(ssl_.get()) == 1;
  }
  template <class Talk>
  std::string prepare(const Talk& talk, std::chrono::steady_clock::time_point until) {
    BIO* const socket = SSL_get_wbio(ssl_.get());
    BIO_up_ref(socket);
    BIO* const memory = BIO_new(BIO_s_mem());
    SSL_set0_wbio(ssl_.get(), memory);
    while (std::chrono::steady_clock::now() < until && talk()) {
    }
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    std::string records(data, static_cast<std::size_t>(size));
    SSL_set0_wbio(ssl_.get(), socket);
    return records;
  }
  void notifyClose() {
    if (accepted_) SSL_shutdown(ssl_.get());
  }

 private:
  std::unique_ptr<SSL, void (*)(SSL*)> ssl_;
  bool accepted_ = false;
};

Peer::Peer(ScriptedServer& server, int socket) : server_(server), socket_(socket) {
  if (const auto tls = server.tls()) tls_ = std::make_unique<Tls>(tls->context.get(), socket);
}

Peer::~Peer() { close(); }

std::size_t Peer::receive(char* buffer, std::size_t size) {
  if (socket_ < 0) return 0;
  --server_.busy_;
  const auto count = tls_ ? tls_->read(buffer, size) : ::recv(socket_, buffer, size, 0);
  ++server_.busy_;
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

std::string Peer::readRequest() {
  constexpr std::string_view kEnd = "\r\n\r\n";
  std::array<char, 4096> buffer{};
  auto end = unread_.find(kEnd);
  while (end == std::string::npos) {
    const std::size_t count = receive(buffer.data(), buffer.size());
    if (count == 0) return {};
    unread_.append(buffer.data(), count);
    end = unread_.find(kEnd);
  }
  std::string request = unread_.substr(0, end + kEnd.size());
  unread_.erase(0, request.size());
  lastDelivery_ = server_.record(request);
  return request;
}

void Peer::judge(Verdict verdict) {
  const std::lock_guard lock(server_.mutex_);
  server_.deliveries_.at(lastDelivery_).verdict = verdict;
}

bool Peer::resumed() const { return tls_ && tls_->resumed(); }

void Peer::waitForClose() {
  while (!readRequest().empty()) {
  }
}

void Peer::readSome() {
  std::array<char, 4096> buffer{};
  receive(buffer.data(), buffer.size());
}

bool Peer::send(std::string_view bytes) { return tls_ && socket_ >= 0 ? tls_->write(bytes) : sendRaw(bytes); }

bool Peer::sendRaw(std::string_view bytes) {
  if (socket_ < 0) return false;
  while (!bytes.empty()) {
    const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool Peer::sendTicket() { return tls_ && tls_->sendTicket(); }

bool Peer::changeKeys() { return tls_ && tls_->changeKeys(); }

std::string Peer::prepare(bool (Peer::*talk)(), std::chrono::milliseconds time) {
  return tls_->prepare([&] { return (this->*talk)(); }, std::chrono::steady_clock::now() + time);
}

void Peer::answer(std::string_view response) {
  readRequest();
  send(response);
}

void Peer::close() {
  if (socket_ < 0) return;
  if (tls_) tls_->notifyClose();
  {
    const std::lock_guard lock(server_.mutex_);
    auto& open = server_.sockets_;
    open.erase(std::remove(open.begin(), open.end(), socket_), open.end());
  }
  ::close(std::exchange(socket_, -1));
}

void Peer::cut() {
  tls_.reset();
  close();
}

void Peer::reset() {
  const linger now{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  cut();
}

ScriptedServer::ScriptedServer(std::vector<Script> scripts, std::optional<TlsScript> tls)
    : scripts_(std::move(scripts)) {
  if (tls) {
    tls_ = std::make_shared<TlsContext>(*tls);
    certificate_ = tls_->certificate.pem();
  }
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 128) != 0 ||
      ::getsockname(listener_, generic, &size) != 0) {
    throw std::runtime_error("ScriptedServer: no port");
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { acceptAll(); });
}

ScriptedServer::~ScriptedServer() {
  stopListening();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
  }
  for (std::thread& thread : threads_) thread.join();
}

std::string ScriptedServer::url() const {
  return std::string(tls() ? "https" : "http") + "://127.0.0.1:" + std::to_string(port_);
}

int ScriptedServer::deliveries() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(deliveries_.size());
}

std::vector<std::string> ScriptedServer::requests() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> texts;
  for (const Delivery& delivery : deliveries_) texts.push_back(delivery.request);
  return texts;
}

std::vector<Delivery> ScriptedServer::deliveriesOf(std::string_view order) const {
  const std::string ending = "/orders/" + std::string(order) + " ";
  const std::lock_guard lock(mutex_);
  std::vector<Delivery> found;
  std::copy_if(deliveries_.begin(), deliveries_.end(), std::back_inserter(found),
               [&](const Delivery& delivery) { return delivery.request.find(ending) != std::string::npos; });
  return found;
}

void ScriptedServer::changeCertificate() {
  const auto changed = std::make_shared<TlsContext>(TlsScript{});
  certificate_ = changed->certificate.pem();
  const std::lock_guard lock(mutex_);
  tls_ = changed;
}

std::shared_ptr<const ScriptedServer::TlsContext> ScriptedServer::tls() const {
  const std::lock_guard lock(mutex_);
  return tls_;
}

void ScriptedServer::stopListening() {
  if (!acceptor_.joinable()) return;
  ::shutdown(listener_, SHUT_RDWR);  // wakes accept()
  acceptor_.join();
  ::close(listener_);
}

void ScriptedServer::acceptAll() {
  onThread();
  for (;;) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ++busy_;
    const auto index = static_cast<std::size_t>(connections_++);
    const std::lock_guard lock(mutex_);
    sockets_.push_back(socket);
    if (stopping_) ::shutdown(socket, SHUT_RDWR);
    threads_.emplace_back([this, socket, index] { serve(socket, index); });
  }
}

void ScriptedServer::serve(int socket, std::size_t index) {
  onThread();
  // OpenSSL may write to a closed connection, so this thread blocks SIGPIPE: the tests judge only the client's threads.
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  {
    Peer peer(*this, socket);
    if (index < scripts_.size()) scripts_[index](peer);
  }
  --busy_;
}

std::size_t ScriptedServer::record(std::string request) {
  const std::lock_guard lock(mutex_);
  deliveries_.push_back({std::move(request)});
  return deliveries_.size() - 1;
}

std::string response(std::string_view status, std::string_view body, std::string_view headers) {
  std::string text = "HTTP/1.1 ";
  text.append(status).append("\r\n").append(headers).append("Content-Length: ").append(std::to_string(body.size()));
  return text.append("\r\n\r\n").append(body);
}

}  // namespace alpaca::broker::test
