// The leanest use of libcurl's easy interface that still verifies the server, sends the credentials and reads the
// answer's status.
#include "clients/clients.hpp"
#include "clients/curl.hpp"

namespace alpaca::broker::bench {
namespace {

class LeanCurl : public Client {
 public:
  LeanCurl(const Site& site, const Orders& orders)
      : orders_(orders), target_(kOrdersPath + orders.front()), idAt_(target_.size() - orders.front().size()) {
    curl_url_set(url_.get(), CURLUPART_URL, site.url().c_str(), 0);
    headers_.reset(curl_slist_append(nullptr, (std::string("Authorization: ") + kAuthorization).c_str()));
    CURL* easy = easy_.get();
    curl_easy_setopt(easy, CURLOPT_CURLU, url_.get());
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "DELETE");
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers_.get());
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CAINFO, site.caFile.c_str());
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);  // else libcurl loads the CA certificates for each connection
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &countIn);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &headerBytes_);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &countIn);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &bodyBytes_);
  }

  int cancel(std::size_t index) override {
    const std::string& order = orders_[index];
    order.copy(target_.data() + idAt_, order.size());
    curl_easy_setopt(easy_.get(), CURLOPT_REQUEST_TARGET, target_.c_str());
    const CURLcode code = curl_easy_perform(easy_.get());
    return statusOf(easy_.get(), code);
  }

 private:
  const Orders& orders_;
  std::string target_;
  const std::size_t idAt_;
  std::size_t headerBytes_ = 0;
  std::size_t bodyBytes_ = 0;
  const CurlUrl url_{curl_url()};
  HeaderList headers_;
  const Easy easy_{curl_easy_init()};
};

}  // namespace

std::unique_ptr<Client> makeLeanCurl(const Site& site, const Orders& orders) {
  return std::make_unique<LeanCurl>(site, orders);
}

}  // namespace alpaca::broker::bench
