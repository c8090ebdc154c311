#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <queue>
#include <string>
#include <unordered_map>
#include <vector>

namespace alpaca::broker::bench {

/// What `delay_proxy` does; see there.
class DelayLine {
 public:
  explicit DelayLine(std::chrono::microseconds delay);
  ~DelayLine();
  DelayLine(const DelayLine&) = delete;
  DelayLine& operator=(const DelayLine&) = delete;

  /// Takes connections at one port of the loopback address and leads them to another.
  void listen(int port, int target);

  /// Never returns.
  [[noreturn]] void run();

 private:
  using Clock = std::chrono::steady_clock;

  struct Piece {
    Clock::time_point due;
    std::string data;  // empty: the sender's end
  };

  // One direction of a connection. Its pieces become due in the order they came in.
  struct Flow {
    int from = -1;
    int to = -1;
    std::chrono::microseconds firstCosts{0};  // what the first piece takes longer
    Clock::time_point notBefore{};            // nor may those behind it overtake it
    std::deque<Piece> pieces{};
    bool ended = false;    // nothing more comes in
    bool drained = false;  // and nothing more goes out
  };

  struct Connection {
    Flow toServer;
    Flow toClient;
  };

  struct Alarm {
    Clock::time_point due;
    std::uint64_t number;  // of the connection
    bool operator>(const Alarm& other) const noexcept { return due > other.due; }
  };

  void accept(int listener);
  void take(std::uint64_t number, Flow& flow);
  void passOn(std::uint64_t number);
  static bool passOn(Flow& flow, Clock::time_point now);
  void passOnWhatIsDue();
  void setTimer();
  void watch(int descriptor, std::uint64_t tag) const;

  const std::chrono::microseconds delay_;
  int epoll_ = -1;
  int timer_ = -1;
  std::unordered_map<int, int> targets_;  // port by listening socket
  std::uint64_t lastNumber_ = 0;
  std::unordered_map<std::uint64_t, std::unique_ptr<Connection>> connections_;
  std::priority_queue<Alarm, std::vector<Alarm>, std::greater<>> alarms_;
};

}  // namespace alpaca::broker::bench
