// The limit: writes a prebuilt request of which only the order's id changes, and reads no more of the answer than its
// status and its end.
#include "clients/clients.hpp"
#include "clients/tls_socket.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace alpaca::broker::bench {
namespace {

constexpr std::string_view kEnd = "\r\n\r\n";  // a 204 has no body

int statusOf(std::string_view answer) noexcept {
  int status = 0;
  answer.remove_prefix(std::min(sizeof "HTTP/1.1", answer.size()));
  std::from_chars(answer.data(), answer.data() + answer.size(), status);
  return status;
}

class Raw : public Client {
 public:
  Raw(const Site& site, const Orders& orders)
      : site_(site), orders_(orders), request_(std::string("DELETE ") + kOrdersPath), idAt_(request_.size()) {
    request_ += orders.front() + " HTTP/1.1\r\nHost: " + site.authority() + "\r\nAuthorization: " + kAuthorization +
                "\r\nUser-Agent: raw\r\nAccept: */*\r\n\r\n";
  }

  int cancel(std::size_t index) override {
    const std::string& order = orders_[index];
    order.copy(request_.data() + idAt_, order.size());
    if (socket_) {
      if (const int status = exchange(); status != 0) return status;
    }
    socket_.emplace(site_.port, sharedSslContext(site_.caFile));  // the first one, or the server closed the last one
    if (const int status = exchange(); status != 0) return status;
    throw std::runtime_error("the raw socket gets no answer");
  }

 private:
  // 0 when the connection has ended.
  int exchange() {
    if (!socket_->write(request_)) return 0;
    std::string_view answer;
    while (answer.find(kEnd) == std::string_view::npos) {
      const std::size_t count = socket_->read(buffer_.data() + answer.size(), buffer_.size() - answer.size());
      if (count == 0) return 0;
      answer = {buffer_.data(), answer.size() + count};
    }
    if (answer.find("\r\nConnection: close") != std::string_view::npos) socket_.reset();
    return statusOf(answer);
  }

  const Site site_;
  const Orders& orders_;
  std::string request_;
  const std::size_t idAt_;
  std::optional<TlsSocket> socket_;
  std::array<char, 4096> buffer_{};
};

}  // namespace

std::unique_ptr<Client> makeRaw(const Site& site, const Orders& orders) { return std::make_unique<Raw>(site, orders); }

}  // namespace alpaca::broker::bench
