#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace alpaca::broker::test {

class ScriptedServer;

/// What the server did with a request it received, by its own record.
enum class Verdict {
  Unknown,   ///< read the request, and may have acted on it
  Accepted,  ///< acted on it and said so
  Refused,   ///< did not act on it and said so
};

struct Delivery {
  std::string request;
  Verdict verdict = Verdict::Unknown;
};

/// The server's end of one connection. A script can misbehave on it as no proper server does.
class Peer {
 public:
  /// Reads one request, up to the empty line after its headers, and counts it as delivered.
  /// @return the request's text; empty when the client closed the connection instead.
  std::string readRequest();

  /// Reads until the client closes the connection, without expecting a request.
  void waitForClose();

  /// Waits for some bytes of any kind and drops them. Not counted as a delivery.
  void readSome();

  /// @return false when the client has disconnected.
  bool send(std::string_view bytes);

  /// Over TLS 1.3, sends a session ticket or a key update: TLS messages that carry no application data.
  /// @return false when the client has disconnected.
  bool sendTicket();
  bool changeKeys();

  /// Runs `talk` over TLS for `time`, and collects its bytes instead of sending them.
  /// @return these bytes; `sendRaw` must send them before anything else
  std::string prepare(bool (Peer::*talk)(), std::chrono::milliseconds time);

  /// Sends bytes as they are: over TLS, without encrypting them. @return false when the client has disconnected.
  bool sendRaw(std::string_view bytes);

  /// Ends the connection with FIN, after close_notify on a TLS connection.
  void close();

  /// Ends the connection with FIN, without close_notify on a TLS connection.
  void cut();

  /// Ends the connection with RST.
  void reset();

  /// True when the client resumed an earlier TLS session, and so did not check the certificate.
  [[nodiscard]] bool resumed() const;

  /// Records what the server did with the latest request.
  void judge(Verdict verdict);

  /// Reads a request and answers it.
  void answer(std::string_view response);

  Peer(ScriptedServer& server, int socket);
  ~Peer();
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

 private:
  friend class ScriptedServer;
  class Tls;

  std::size_t receive(char* buffer, std::size_t size);

  ScriptedServer& server_;
  int socket_;
  std::unique_ptr<Tls> tls_;
  std::string unread_;
  std::size_t lastDelivery_ = 0;
};

/// How a ScriptedServer speaks TLS.
struct TlsScript {
  std::string names = "DNS:localhost,IP:127.0.0.1";
  int validDays = 30;
  bool onlyTls11 = false;
  bool onlyTls12 = false;
};

/// A server on 127.0.0.1 that runs a script for each connection, on a thread of its own, and counts deliveries. The
/// first connection runs the first script, and so on. Connections beyond the last script are closed at once.
class ScriptedServer {
 public:
  using Script = std::function<void(Peer&)>;

  /// What each server thread does first; for tests that treat all other threads of the process in some way.
  static inline void (*onThread)() = [] {};

  explicit ScriptedServer(std::vector<Script> scripts, std::optional<TlsScript> tls = std::nullopt);
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  [[nodiscard]] int port() const noexcept { return port_; }
  [[nodiscard]] std::string url() const;

  /// The certificate, as PEM text, for the client to trust.
  [[nodiscard]] const std::string& certificate() const noexcept { return certificate_; }

  /// Number of complete requests that arrived, on all connections together.
  [[nodiscard]] int deliveries() const;
  [[nodiscard]] std::vector<std::string> requests() const;

  /// Number of these requests whose target ends in this order's id.
  [[nodiscard]] std::vector<Delivery> deliveriesOf(std::string_view order) const;
  [[nodiscard]] int connections() const noexcept { return connections_; }

  /// True when every connection has ended or waits for the client, so that the server sends nothing more by itself.
  [[nodiscard]] bool isQuiet() const noexcept { return busy_ == 0; }

  /// Gives new TLS connections a new self-signed certificate from now on.
  void changeCertificate();

  /// Refuses new connections from now on.
  void stopListening();

 private:
  friend class Peer;
  struct TlsContext;

  void acceptAll();
  void serve(int socket, std::size_t index);
  std::size_t record(std::string request);

  const std::vector<Script> scripts_;
  std::shared_ptr<const TlsContext> tls() const;

  std::shared_ptr<const TlsContext> tls_;
  std::string certificate_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> connections_{0};
  std::atomic<int> busy_{0};
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::vector<Delivery> deliveries_;
  std::vector<int> sockets_;  // open sockets, shut down by the destructor
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

/// A response with this status line, these extra header lines and this body.
std::string response(std::string_view status, std::string_view body = {}, std::string_view headers = {});

inline const std::string kAccepted = "HTTP/1.1 204 No Content\r\nX-Request-ID: accepted\r\n\r\n";

}  // namespace alpaca::broker::test
