#include "clients/clients.hpp"

#include <httplib.h>

#include <stdexcept>

namespace alpaca::broker::bench {
namespace {

class Httplib : public Client {
 public:
  Httplib(const Site& site, const Orders& orders)
      : orders_(orders), path_(kOrdersPath), prefix_(path_.size()), client_(kHost, std::stoi(site.port)) {
    client_.set_keep_alive(true);
    client_.set_tcp_nodelay(true);
    client_.set_ca_cert_path(site.caFile);
    client_.enable_server_certificate_verification(true);
    client_.set_basic_auth(kKey, kSecret);
  }

  int cancel(std::size_t index) override {
    path_.resize(prefix_);
    path_ += orders_[index];
    const httplib::Result result = client_.Delete(path_);
    if (!result) throw std::runtime_error("cpp-httplib: " + httplib::to_string(result.error()));
    return result->status;
  }

 private:
  const Orders& orders_;
  std::string path_;
  const std::size_t prefix_;
  httplib::SSLClient client_;
};

}  // namespace

std::unique_ptr<Client> makeHttplib(const Site& site, const Orders& orders) {
  return std::make_unique<Httplib>(site, orders);
}

}  // namespace alpaca::broker::bench
