#include "faults/own_network.hpp"

#include <arpa/inet.h>
#include <net/if.h>
#include <net/route.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <string>

namespace alpaca::broker::test {
namespace {

sockaddr addressOf(const char* text) noexcept {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  ::inet_pton(AF_INET, text, &address.sin_addr);
  sockaddr generic{};
  std::memcpy(&generic, &address, sizeof generic);
  return generic;
}

bool switchOnLoopback(int socket) noexcept {
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  return ::ioctl(socket, SIOCSIFFLAGS, &request) == 0;
}

// The kernel drops packets on the loopback device that are not for an address of this machine.
bool routeToNowhere(int socket) noexcept {
  std::string device = "lo";
  rtentry route{};
  route.rt_dst = addressOf(kDropsEverything);
  route.rt_genmask = addressOf("255.255.255.255");
  route.rt_flags = RTF_UP | RTF_HOST;
  route.rt_dev = device.data();
  return ::ioctl(socket, SIOCADDRT, &route) == 0;
}

}  // namespace

bool enterOwnNetwork() noexcept {
  if (::unshare(CLONE_NEWNET) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return false;
  const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  const bool ready = switchOnLoopback(socket) && routeToNowhere(socket);
  ::close(socket);
  return ready;
}

}  // namespace alpaca::broker::test
