#include "platform/socket.hpp"

#include <poll.h>

#include <cerrno>

namespace alpaca::broker::platform {

bool hasPendingInput(Socket socket) noexcept {
  pollfd entry{socket, POLLIN, 0};
  int ready = 0;
  do {
    ready = ::poll(&entry, 1, 0);
  } while (ready < 0 && errno == EINTR);
  return ready != 0;  // a poll that fails says nothing good about the socket either
}

}  // namespace alpaca::broker::platform
