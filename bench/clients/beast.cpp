// Boost.Beast, synchronous and as lean as possible: one request object of which only the target changes.
#include "clients/clients.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include <optional>

namespace alpaca::broker::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

asio::ssl::context& sharedContext(const std::string& caFile) {
  static asio::ssl::context context = [&] {
    asio::ssl::context made(asio::ssl::context::tls_client);
    made.load_verify_file(caFile);
    made.set_verify_mode(asio::ssl::verify_peer);
    return made;
  }();
  return context;
}

class Beast : public Client {
 public:
  Beast(const Site& site, const Orders& orders)
      : site_(site), orders_(orders), target_(kOrdersPath), prefix_(target_.size()) {
    request_.method(http::verb::delete_);
    request_.version(11);
    request_.set(http::field::host, site.authority());
    request_.set(http::field::authorization, kAuthorization);
    request_.set(http::field::user_agent, "beast");
    request_.set(http::field::accept, "*/*");
  }

  int cancel(std::size_t index) override {
    target_.resize(prefix_);
    target_ += orders_[index];
    request_.target(target_);
    beast::error_code failure;
    if (stream_) {
      if (const int status = exchange(failure); !failure) return status;
    }
    connect();  // the first call, or the server closed the connection
    const int status = exchange(failure);
    if (failure) throw beast::system_error(failure);
    return status;
  }

 private:
  using Stream = beast::ssl_stream<beast::tcp_stream>;

  void connect() {
    buffer_.clear();
    stream_.emplace(io_, sharedContext(site_.caFile));
    const asio::ip::tcp::endpoint endpoint(asio::ip::make_address(kHost),
                                           static_cast<std::uint16_t>(std::stoi(site_.port)));
    beast::get_lowest_layer(*stream_).connect(endpoint);
    beast::get_lowest_layer(*stream_).socket().set_option(asio::ip::tcp::no_delay(true));
    stream_->set_verify_callback(asio::ssl::host_name_verification(kHost));
    stream_->handshake(asio::ssl::stream_base::client);
  }

  int exchange(beast::error_code& failure) {
    http::write(*stream_, request_, failure);
    if (failure) return 0;
    http::response<http::string_body> response;
    http::read(*stream_, buffer_, response, failure);
    if (failure) return 0;
    if (!response.keep_alive()) stream_.reset();
    return static_cast<int>(response.result_int());
  }

  const Site site_;
  const Orders& orders_;
  std::string target_;
  const std::size_t prefix_;
  asio::io_context io_{1};
  http::request<http::empty_body> request_;
  beast::flat_buffer buffer_;
  std::optional<Stream> stream_;
};

}  // namespace

std::unique_ptr<Client> makeBeast(const Site& site, const Orders& orders) {
  return std::make_unique<Beast>(site, orders);
}

}  // namespace alpaca::broker::bench
