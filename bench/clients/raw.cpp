// The limit: writes a request that was built before, but for the order's id, and looks for no more in the answer than
// its status and its end.
#include "clients/authorization.hpp"
#include "clients/clients.hpp"
#include "clients/tls_socket.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace alpaca::broker::bench {
namespace {

struct Head {
  int status = 0;
  std::size_t size = 0;  // of the whole answer
  bool closes = false;
};

int numberAt(std::string_view text, std::size_t at) noexcept {
  int number = 0;
  std::from_chars(text.data() + at, text.data() + text.size(), number);
  return number;
}

// Reads what nginx writes; nothing until the head is complete.
std::optional<Head> headOf(std::string_view answer) noexcept {
  constexpr std::string_view kEnd = "\r\n\r\n";
  constexpr std::string_view kLength = "\r\nContent-Length: ";
  const std::size_t end = answer.find(kEnd);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view lines = answer.substr(0, end);
  Head head{numberAt(lines, sizeof "HTTP/1.1"), end + kEnd.size()};
  const std::size_t length = lines.find(kLength);
  if (length != std::string_view::npos) head.size += static_cast<std::size_t>(numberAt(lines, length + kLength.size()));
  head.closes = lines.find("\r\nConnection: close") != std::string_view::npos;
  return head;
}

class Raw : public Client {
 public:
  Raw(const Site& site, const Orders& orders)
      : site_(site), orders_(orders), request_("DELETE " + site.ordersPath()), idAt_(request_.size()) {
    request_ += orders.front() + " HTTP/1.1\r\nHost: " + site.authority() +
                "\r\nAuthorization: " + basicAuthorization(site.key, site.secret) +
                "\r\nUser-Agent: raw\r\nAccept: */*\r\n\r\n";
  }

  int cancel(std::size_t index) override {
    const std::string& order = orders_[index];
    order.copy(request_.data() + idAt_, order.size());
    if (socket_) {
      if (const int status = exchange(); status != 0) return status;
    }
    socket_.emplace(site_.host, site_.port, sharedSslContext(site_.caFile));  // there was none, or the server closed it
    if (const int status = exchange(); status != 0) return status;
    throw std::runtime_error("the raw socket gets no answer");
  }

 private:
  // 0 when the connection has ended.
  int exchange() {
    if (!socket_->write(request_)) return 0;
    std::size_t filled = 0;
    std::optional<Head> head;
    while (!head || filled < head->size) {
      const std::size_t count = socket_->read(answer_.data() + filled, answer_.size() - filled);
      if (count == 0) return 0;
      filled += count;
      if (!head) head = headOf({answer_.data(), filled});
    }
    if (head->closes) socket_.reset();
    return head->status;
  }

  const Site site_;
  const Orders& orders_;
  std::string request_;
  const std::size_t idAt_;
  std::optional<TlsSocket> socket_;
  std::array<char, 4096> answer_{};
};

}  // namespace

std::unique_ptr<Client> makeRaw(const Site& site, const Orders& orders) { return std::make_unique<Raw>(site, orders); }

}  // namespace alpaca::broker::bench
