// libcurl as in most programs: one easy handle, with all options set again for each call. And libcurl as in many an
// example: a new handle for each call.
#include "clients/clients.hpp"
#include "clients/curl.hpp"

#include <utility>

namespace alpaca::broker::bench {
namespace {

int cancelWith(CURL* easy, const Site& site, const std::string& order) {
  const std::string url = site.url() + kOrdersPath + order;
  const std::string user = std::string(kKey) + ":" + kSecret;
  const HeaderList headers(curl_slist_append(nullptr, "Accept: application/json"));
  std::string body;
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "DELETE");
  curl_easy_setopt(easy, CURLOPT_USERPWD, user.c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(easy, CURLOPT_CAINFO, site.caFile.c_str());
  curl_easy_setopt(easy, CURLOPT_TIMEOUT, 10L);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &appendTo);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
  const CURLcode code = curl_easy_perform(easy);
  return statusOf(easy, code);
}

class PlainCurl : public Client {
 public:
  PlainCurl(Site site, const Orders& orders) : site_(std::move(site)), orders_(orders) {}
  int cancel(std::size_t index) override { return cancelWith(easy_.get(), site_, orders_[index]); }

 private:
  const Site site_;
  const Orders& orders_;
  const Easy easy_{curl_easy_init()};
};

class NaiveCurl : public Client {
 public:
  NaiveCurl(Site site, const Orders& orders) : site_(std::move(site)), orders_(orders) {}
  int cancel(std::size_t index) override {
    const Easy easy(curl_easy_init());
    return cancelWith(easy.get(), site_, orders_[index]);
  }

 private:
  const Site site_;
  const Orders& orders_;
};

}  // namespace

std::unique_ptr<Client> makePlainCurl(const Site& site, const Orders& orders) {
  return std::make_unique<PlainCurl>(site, orders);
}

std::unique_ptr<Client> makeNaiveCurl(const Site& site, const Orders& orders) {
  return std::make_unique<NaiveCurl>(site, orders);
}

}  // namespace alpaca::broker::bench
