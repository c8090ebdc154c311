#pragma once

#include <alpaca/broker/testing/mock_broker.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#ifndef MSG_NOSIGNAL  // instead, cpp-httplib ignores SIGPIPE for the process
#define MSG_NOSIGNAL 0
#endif

namespace alpaca::broker::test {

/// A connection to a mock broker without a client library in between: returns exactly what was sent.
class Wire {
 public:
  explicit Wire(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{30, 0};  // an answer that never comes fails the test instead of hanging it
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~Wire() { ::close(socket_); }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  [[nodiscard]] bool connected() const noexcept { return connected_; }

  void send(std::string_view text) const { ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL); }

  /// Sends nothing more, but still reads.
  void finish() const { ::shutdown(socket_, SHUT_WR); }

  /// Reads everything up to the end or the reset of the connection. @throws std::runtime_error when neither comes.
  [[nodiscard]] std::string readToEnd() const {
    std::string text;
    std::array<char, 4096> chunk{};
    for (;;) {
      const ssize_t count = ::recv(socket_, chunk.data(), chunk.size(), 0);
      if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        throw std::runtime_error("the connection does not end");
      if (count <= 0) return text;
      text.append(chunk.data(), static_cast<std::size_t>(count));
    }
  }

 private:
  int socket_;
  bool connected_ = false;
};

/// A request with the mock broker's default credentials that asks to close the connection after the answer.
inline std::string requestText(std::string_view method, std::string_view target) {
  return std::string(method) + " " + std::string(target) +
         " HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n"
         "Authorization: Basic bW9jay1hcGkta2V5Om1vY2stYXBpLXNlY3JldA==\r\n\r\n";
}

/// The whole answer to one request on a connection of its own.
inline std::string ask(const testing::MockBroker& mock, std::string_view method, std::string_view target) {
  const Wire wire(mock.port());
  wire.send(requestText(method, target));
  return wire.readToEnd();
}

}  // namespace alpaca::broker::test
