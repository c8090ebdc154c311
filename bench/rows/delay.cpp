// Whether the delayed line is as long as it says: single bytes, sent back by a thread of this process, with nothing of
// HTTP or TLS in between.
#include "nginx/process_group.hpp"
#include "rows/rows.hpp"
#include "server/listener.hpp"
#include "server/loopback.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <thread>

namespace alpaca::broker::bench {
namespace {

constexpr int kTrips = 60;

class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {
    const int on = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  ~Socket() { ::close(descriptor_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  [[nodiscard]] int get() const noexcept { return descriptor_; }

 private:
  int descriptor_;
};

// Sends everything back to everyone who connects, one after the other, until the listening socket is shut down.
void echo(int listener) {
  for (;;) {
    const int accepted = ::accept(listener, nullptr, nullptr);
    if (accepted < 0) return;
    const Socket peer(accepted);
    for (char byte = 0; ::read(peer.get(), &byte, 1) == 1;) {
      if (::write(peer.get(), &byte, 1) != 1) break;
    }
  }
}

std::vector<double> tripsTo(int port) {
  const Socket line(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_in address = loopback(port);
  if (::connect(line.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot connect to the delayed line");
  }
  std::vector<double> times;
  for (int i = -1; i < kTrips; ++i) {
    char byte = 'x';
    const double start = nowMicros();
    if (::write(line.get(), &byte, 1) != 1 || ::read(line.get(), &byte, 1) != 1) {
      throw std::runtime_error("the delayed line breaks off");
    }
    if (i >= 0) times.push_back(microsSince(start) / 1e3);  // the very first one waits for its connection, too
  }
  return times;
}

}  // namespace

Delay measureDelay(const std::string& delayProxy) {
  const Socket listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
      ::listen(listener.get(), 8) != 0 ||
      ::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("cannot listen");
  }
  std::thread thread(echo, listener.get());
  std::vector<double> times;
  try {
    const DelayedPorts line(delayProxy, {ntohs(address.sin_port)});
    times = tripsTo(line[0]);
  } catch (...) {
    ::shutdown(listener.get(), SHUT_RDWR);
    thread.join();
    throw;
  }
  ::shutdown(listener.get(), SHUT_RDWR);
  thread.join();
  return {static_cast<double>(kRoundTrip.count()), median(times), quantile(times, 0.99)};
}

}  // namespace alpaca::broker::bench
