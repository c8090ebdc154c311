// A TCP proxy that makes loopback a line of some length:
//   delay_proxy DELAY_US LISTEN_PORT:TARGET_PORT...
// Each piece of data is passed on DELAY_US after it came, and so is the end of a connection, in both directions. One
// thread, waiting by epoll and a timer of the kernel; buffers without bounds, so that it never slows a sender down.
//
// The kernel completes a TCP handshake before the proxy hears of it. So that connecting costs the round trip that it
// costs on a real line, the first piece that a client sends takes one round trip longer: whatever the client does
// between connecting and sending then comes on top of it, as it would there.
#include "server/delay_line.hpp"

#include <csignal>
#include <exception>
#include <iostream>
#include <string>

int main(int count, char** arguments) try {
  if (count < 3) {
    std::cerr << "usage: delay_proxy DELAY_US LISTEN_PORT:TARGET_PORT...\n";
    return 2;
  }
  std::signal(SIGPIPE, SIG_IGN);
  alpaca::broker::bench::DelayLine line(std::chrono::microseconds(std::stol(arguments[1])));
  for (int i = 2; i < count; ++i) {
    const std::string ports = arguments[i];
    const std::size_t colon = ports.find(':');
    line.listen(std::stoi(ports.substr(0, colon)), std::stoi(ports.substr(colon + 1)));
  }
  line.run();
} catch (const std::exception& failure) {
  std::cerr << "delay_proxy: " << failure.what() << '\n';
  return 1;
}
