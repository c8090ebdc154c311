#include "server/delay_line.hpp"

#include "server/loopback.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>

namespace alpaca::broker::bench {
namespace {

constexpr int kBacklog = 1024;
constexpr std::size_t kMostAtOnce = 64UL * 1024;

// What an event of epoll is about: the timer, a listening socket, or a connection's number. Numbers are never used
// again, so that an event cannot reach the wrong connection.
constexpr std::uint64_t kTimer = ~0ULL;
constexpr std::uint64_t kListening = 1ULL << 63U;

void setNoDelay(int socket) {
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

int connectedTo(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket);
    return -1;
  }
  setNoDelay(socket);
  return socket;
}

}  // namespace

DelayLine::DelayLine(std::chrono::microseconds delay)
    : delay_(delay),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      timer_(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)) {
  if (epoll_ < 0 || timer_ < 0) throw std::runtime_error("no epoll, or no timer");
  watch(timer_, kTimer);
}

DelayLine::~DelayLine() {
  ::close(timer_);
  ::close(epoll_);
}

// By edges: whoever reads or writes goes on until the kernel says stop, and a half that has ended keeps silent.
void DelayLine::watch(int descriptor, std::uint64_t tag) const {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLET;
  event.data.u64 = tag;
  if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event) != 0) throw std::runtime_error("epoll takes no more");
}

void DelayLine::listen(int port, int target) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const sockaddr_in address = loopback(port);
  if (::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener, kBacklog) != 0) {
    throw std::runtime_error("cannot listen at port " + std::to_string(port));
  }
  targets_[listener] = target;
  watch(listener, kListening | static_cast<std::uint64_t>(listener));
}

void DelayLine::run() {
  std::array<epoll_event, 256> events{};
  for (;;) {
    const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
    if (count < 0 && errno != EINTR) throw std::runtime_error("epoll does not wait");
    for (int i = 0; i < count; ++i) {
      const std::uint64_t tag = events.at(static_cast<std::size_t>(i)).data.u64;
      if (tag == kTimer) continue;  // what is due is passed on below in any case
      if ((tag & kListening) != 0) {
        accept(static_cast<int>(tag & ~kListening));
        continue;
      }
      const auto at = connections_.find(tag);
      if (at == connections_.end()) continue;
      take(tag, at->second->toServer);
      take(tag, at->second->toClient);
      passOn(tag);
    }
    passOnWhatIsDue();
    setTimer();
  }
}

void DelayLine::accept(int listener) {
  for (;;) {
    const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    const int server = connectedTo(targets_.at(listener));
    if (server < 0) {
      ::close(client);
      continue;
    }
    setNoDelay(client);
    const std::uint64_t number = ++lastNumber_;
    const auto roundTrip = 2 * delay_;
    connections_[number] = std::make_unique<Connection>(Connection{{client, server, roundTrip}, {server, client}});
    watch(client, number);
    watch(server, number);
  }
}

void DelayLine::take(std::uint64_t number, Flow& flow) {
  static std::array<char, kMostAtOnce> buffer;
  while (!flow.ended) {
    const ssize_t count = ::recv(flow.from, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    flow.ended = count <= 0;
    const auto now = Clock::now();
    if (flow.notBefore == Clock::time_point{}) flow.notBefore = now + flow.firstCosts;
    const auto due = std::max(now, flow.notBefore) + delay_;
    flow.pieces.push_back({due, std::string(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)))});
    alarms_.push({due, number});
  }
}

void DelayLine::passOn(std::uint64_t number) {
  const auto at = connections_.find(number);
  if (at == connections_.end()) return;
  Connection& connection = *at->second;
  const auto now = Clock::now();
  const bool serverDone = passOn(connection.toServer, now);
  const bool clientDone = passOn(connection.toClient, now);
  if (!serverDone || !clientDone) return;
  ::close(connection.toServer.from);
  ::close(connection.toServer.to);
  connections_.erase(at);
}

// True when the direction has ended and everything is passed on.
bool DelayLine::passOn(Flow& flow, Clock::time_point now) {
  while (!flow.pieces.empty() && flow.pieces.front().due <= now) {
    std::string& data = flow.pieces.front().data;
    if (data.empty()) {
      ::shutdown(flow.to, SHUT_WR);
      flow.drained = true;
    } else {
      const ssize_t count = ::send(flow.to, data.data(), data.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
      if (count < 0 && errno == EAGAIN) return false;  // epoll tells when there is room
      if (count >= 0 && static_cast<std::size_t>(count) < data.size()) {
        data.erase(0, static_cast<std::size_t>(count));
        continue;
      }
    }
    flow.pieces.pop_front();  // passed on, or there is nobody any more to pass it on to
  }
  return flow.drained;
}

void DelayLine::passOnWhatIsDue() {
  while (!alarms_.empty() && alarms_.top().due <= Clock::now()) {
    const std::uint64_t number = alarms_.top().number;
    alarms_.pop();
    passOn(number);
  }
}

void DelayLine::setTimer() {
  if (alarms_.empty()) return;
  const auto due = alarms_.top().due.time_since_epoch();  // steady_clock is CLOCK_MONOTONIC
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(due);
  itimerspec time{};
  time.it_value.tv_sec = static_cast<time_t>(seconds.count());
  time.it_value.tv_nsec = static_cast<long>(std::chrono::nanoseconds(due - seconds).count());
  ::timerfd_settime(timer_, TFD_TIMER_ABSTIME, &time, nullptr);
}

}  // namespace alpaca::broker::bench
