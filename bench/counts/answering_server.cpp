// Answers every request like the broker answers a cancel, over plain HTTP on kept connections. Prints its port and runs
// until it is killed. It is a process of its own, so that its work is not counted as the client's.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>
#include <thread>

namespace {

std::string answerOf204() {
  std::array<char, 64> date{};
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::strftime(date.data(), date.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return "HTTP/1.1 204 No Content\r\nDate: " + std::string(date.data()) +
         "\r\nConnection: keep-alive\r\n"
         "X-Request-ID: 6f1b9a52-8c3e-4d7a-9b0f-2e5c7d1a8f43\r\n"
         "X-RateLimit-Limit: 1000000\r\nX-RateLimit-Remaining: 999999\r\n"
         "X-RateLimit-Reset: " +
         std::to_string(now + 1800) + "\r\n\r\n";
}

void serve(int connection) {
  const std::string answer = answerOf204();
  const int yes = 1;
  ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  std::string request;
  std::array<char, 4096> piece{};
  for (;;) {
    const ssize_t got = ::recv(connection, piece.data(), piece.size(), 0);
    if (got <= 0) break;
    request.append(piece.data(), static_cast<std::size_t>(got));
    constexpr std::string_view kEnd = "\r\n\r\n";
    for (auto end = request.find(kEnd); end != std::string::npos; end = request.find(kEnd)) {
      request.erase(0, end + kEnd.size());
      if (::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) break;
    }
  }
  ::close(connection);
}

}  // namespace

int main() {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  // The socket API requires the cast.
  auto* const generic = reinterpret_cast<sockaddr*>(&address);  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
  if (::bind(listener, generic, size) != 0 || ::listen(listener, 128) != 0 ||
      ::getsockname(listener, generic, &size) != 0) {
    std::perror("answering_server");
    return 1;
  }
  std::printf("%d\n", ntohs(address.sin_port));
  std::fflush(stdout);
  for (;;) {
    const int connection = ::accept(listener, nullptr, nullptr);
    if (connection >= 0) std::thread(serve, connection).detach();
  }
}
