// A TCP proxy that turns loopback into a line with a round trip:
//   delay_proxy DELAY_US LISTEN_PORT:TARGET_PORT...
// It forwards each piece of data, and the end of a connection, DELAY_US after its arrival, in both directions.
//
// The kernel completes a TCP handshake before the proxy sees it. A connection's first piece is therefore delayed by one
// more round trip, so that connecting costs what it costs on a real line.
#include <boost/asio.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using Socket = std::shared_ptr<tcp::socket>;

tcp::endpoint loopback(const std::string& port) {
  return {asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(std::stoi(port))};
}

// One direction of a connection. It lives as long as a read or a timer refers to it.
class Direction : public std::enable_shared_from_this<Direction> {
 public:
  Direction(Socket from, Socket to, Clock::duration delay, Clock::duration connecting)
      : from_(std::move(from)), to_(std::move(to)), delay_(delay), connecting_(connecting) {}

  void read() {
    from_->async_read_some(asio::buffer(buffer_), [self = shared_from_this()](const auto& failure, std::size_t size) {
      self->forwardLater({self->buffer_.data(), failure ? 0 : size});
      if (!failure) self->read();
    });
  }

 private:
  // An empty piece is the end.
  void forwardLater(std::string piece) {
    // Each piece has a later time than the one before, so that none overtakes another.
    due_ = std::max(Clock::now() + delay_ + std::exchange(connecting_, {}), due_ + std::chrono::nanoseconds(1));
    const auto timer = std::make_shared<asio::steady_timer>(from_->get_executor(), due_);
    timer->async_wait([self = shared_from_this(), timer, piece = std::move(piece)](const auto&) {
      boost::system::error_code ignored;  // the receiver may have gone
      if (piece.empty()) {
        self->to_->shutdown(tcp::socket::shutdown_send, ignored);
      } else {
        asio::write(*self->to_, asio::buffer(piece), ignored);
      }
    });
  }

  const Socket from_;
  const Socket to_;
  const Clock::duration delay_;
  Clock::duration connecting_;  // of the first piece
  Clock::time_point due_;       // of the last piece
  std::array<char, 65536> buffer_{};
};

class Listener {
 public:
  Listener(asio::io_context& io, const std::string& port, const std::string& target, Clock::duration delay)
      : acceptor_(io, loopback(port)), target_(loopback(target)), delay_(delay) {
    acceptNext();
  }

 private:
  void acceptNext() {
    acceptor_.async_accept([this](const auto& failure, tcp::socket accepted) {
      if (!failure) join(std::make_shared<tcp::socket>(std::move(accepted)));
      acceptNext();
    });
  }

  void join(const Socket& client) {
    const auto server = std::make_shared<tcp::socket>(acceptor_.get_executor());
    boost::system::error_code failure;
    server->connect(target_, failure);
    if (failure) return;
    for (const Socket& socket : {client, server}) socket->set_option(tcp::no_delay(true), failure);
    std::make_shared<Direction>(client, server, delay_, 2 * delay_)->read();
    std::make_shared<Direction>(server, client, delay_, Clock::duration::zero())->read();
  }

  tcp::acceptor acceptor_;
  const tcp::endpoint target_;
  const Clock::duration delay_;
};

}  // namespace

int main(int count, char** arguments) try {
  if (count < 3) {
    std::cerr << "usage: delay_proxy DELAY_US LISTEN_PORT:TARGET_PORT...\n";
    return 2;
  }
  asio::io_context io{1};
  std::vector<std::unique_ptr<Listener>> listeners;
  for (int i = 2; i < count; ++i) {
    const std::string ports = arguments[i];
    const std::size_t colon = ports.find(':');
    const std::chrono::microseconds delay(std::stol(arguments[1]));
    listeners.push_back(std::make_unique<Listener>(io, ports.substr(0, colon), ports.substr(colon + 1), delay));
  }
  io.run();
} catch (const std::exception& failure) {
  std::cerr << "delay_proxy: " << failure.what() << '\n';
  return 1;
}
