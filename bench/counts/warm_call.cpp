// Makes warm cancels with one client and prints its allocations:
//   warm_call sdk|lean|leaner|plain URL CALLS
// "lean" and "leaner" are hand-written libcurl that still checks the status; "plain" is a reused handle as in most
// programs. counts.py counts everything else from outside, by runs with more and with fewer calls.
#include "allocations.hpp"

#include <alpaca/broker.hpp>

#include <curl/curl.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

namespace broker = alpaca::broker;

constexpr const char* kAccount = "904837e3-3b76-47ec-b432-046db621571b";
constexpr const char* kOrder = "61e69015-8549-4bfd-b9c3-01e75843f47d";
constexpr const char* kKey = "CKBENCHMARK0000000KEY";
constexpr const char* kSecret = "benchmark-secret-benchmark-secret";
// The header of these two.
constexpr const char* kAuthorization =
    "Authorization: Basic Q0tCRU5DSE1BUkswMDAwMDAwS0VZOmJlbmNobWFyay1zZWNyZXQtYmVuY2htYXJrLXNlY3JldA==";
const std::string kUserAgent = "alpaca-broker-cpp/" + std::string(broker::kVersion);

std::string path() { return "/v1/trading/accounts/" + std::string(kAccount) + "/orders/" + kOrder; }

void require204(long status) {
  if (status != 204) throw std::runtime_error("the answer was not a 204");
}

using Call = std::function<void()>;

Call sdk(const std::string& url) {
  broker::ClientOptions options;
  options.baseUrl = url;
  auto client = std::make_shared<broker::BrokerClient>(broker::Credentials{kKey, kSecret}, options);
  return
      [client, account = broker::AccountId::parse(kAccount).value(), order = broker::OrderId::parse(kOrder).value()] {
        const auto result = client->cancelOrder(account, order);
        require204(result ? 204 : 0);
      };
}

std::size_t countOnly(char* /*data*/, std::size_t size, std::size_t count, void* total) {
  *static_cast<std::size_t*>(total) += size * count;
  return size * count;
}

struct Handle {
  CURL* easy = curl_easy_init();
  CURLU* url = nullptr;
  curl_slist* headers = nullptr;
  std::string text;
  std::size_t bytes = 0;

  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    curl_easy_cleanup(easy);
    curl_url_cleanup(url);
    curl_slist_free_all(headers);
  }

  void perform() const {
    if (const CURLcode code = curl_easy_perform(easy); code != CURLE_OK) {
      throw std::runtime_error(curl_easy_strerror(code));
    }
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    require204(status);
  }
};

Call leanest(const std::string& url, bool ownHeaders) {
  auto handle = std::make_shared<Handle>();
  handle->url = curl_url();
  curl_url_set(handle->url, CURLUPART_URL, url.c_str(), 0);
  handle->headers = curl_slist_append(nullptr, "Accept: application/json");
  handle->text = path();
  CURL* const easy = handle->easy;
  curl_easy_setopt(easy, CURLOPT_CURLU, handle->url);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "DELETE");
  if (ownHeaders) {
    // Plain HTTP needs no CA certificates, and libcurl would copy the names of their files for each call.
    curl_easy_setopt(easy, CURLOPT_CAINFO, nullptr);
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
    handle->headers = curl_slist_append(handle->headers, kAuthorization);
    handle->headers = curl_slist_append(handle->headers, ("User-Agent: " + kUserAgent).c_str());
  } else {
    curl_easy_setopt(easy, CURLOPT_USERAGENT, kUserAgent.c_str());
    curl_easy_setopt(easy, CURLOPT_USERNAME, kKey);
    curl_easy_setopt(easy, CURLOPT_PASSWORD, kSecret);
  }
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, handle->headers);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, countOnly);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &handle->bytes);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, countOnly);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &handle->bytes);
  return [handle] {
    handle->text.replace(handle->text.size() - 36, 36, kOrder);
    curl_easy_setopt(handle->easy, CURLOPT_REQUEST_TARGET, handle->text.c_str());
    curl_easy_setopt(handle->easy, CURLOPT_TIMEOUT_MS, 5000L);
    handle->perform();
  };
}

Call plain(const std::string& url) {
  auto handle = std::make_shared<Handle>();
  return [handle, url] {
    CURL* const easy = handle->easy;
    curl_slist_free_all(handle->headers);
    handle->headers = curl_slist_append(nullptr, "Accept: application/json");
    const std::string whole = url + path();
    const std::string user = std::string(kKey) + ":" + kSecret;
    curl_easy_setopt(easy, CURLOPT_URL, whole.c_str());
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "DELETE");
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, handle->headers);
    curl_easy_setopt(easy, CURLOPT_USERPWD, user.c_str());
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 5000L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, countOnly);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &handle->bytes);
    handle->perform();
  };
}

// The settings that are usually called lean.
Call lean(const std::string& url) { return leanest(url, false); }

// The same, and all headers in one list, as in the SDK: libcurl writes none of its own.
Call leaner(const std::string& url) { return leanest(url, true); }

Call clientNamed(std::string_view name, const std::string& url) {
  if (name == "sdk") return sdk(url);
  if (name == "lean") return lean(url);
  if (name == "leaner") return leaner(url);
  if (name == "plain") return plain(url);
  throw std::runtime_error("there is no such client");
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 4) throw std::runtime_error("usage: warm_call sdk|lean|leaner|plain URL CALLS");
  const Call call = clientNamed(argv[1], argv[2]);
  const long calls = std::strtol(argv[3], nullptr, 10);
  for (int i = 0; i < 20; ++i) call();  // opens the connection and grows the buffers
  const Allocations before = allocationsOfThisThread();
  for (long i = 0; i < calls; ++i) call();
  const Allocations after = allocationsOfThisThread();
  std::printf("{\"calls\":%ld,\"allocations\":%zu,\"news\":%zu}\n", calls, after.all - before.all,
              after.news - before.news);
  return 0;
} catch (const std::exception& failure) {
  std::cerr << "warm_call: " << failure.what() << '\n';
  return 1;
}
