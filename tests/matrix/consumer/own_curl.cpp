// Uses another libcurl than the library was built with, over TLS, before and after a cancel.
#include <alpaca/broker.hpp>
#include <alpaca/broker/testing/mock_broker.hpp>

#include <curl/curl.h>

#include <string>

#include "check.hpp"

namespace broker = alpaca::broker;

namespace {

std::size_t drop(char* /*data*/, std::size_t size, std::size_t count, void* /*to*/) { return size * count; }

// The status of the program's own request.
long statusOf(const std::string& url, const std::string& caFile) {
  CURL* const curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_CAINFO, caFile.c_str());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
  long status = 0;
  if (curl_easy_perform(curl) == CURLE_OK) curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_cleanup(curl);
  return status;
}

}  // namespace

int main() {
  const auto account = broker::AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  const auto order = broker::OrderId::parse("61e69015-8549-4bfd-b9c3-01e75843f47d").value();
  check(std::string(curl_version()).find(OWN_CURL) != std::string::npos, "the program's libcurl is its own");

  broker::testing::MockBrokerOptions options;
  options.tls = true;
  broker::testing::MockBroker mock{options};
  mock.addOrder(account, order, "new");
  check(statusOf(mock.url() + "/v1/clock", mock.caFile()) == 403, "the program's own request is answered");

  broker::BrokerClient client{mock.credentials(), mock.clientOptions()};
  check(static_cast<bool>(client.cancelOrder(account, order)), "the cancel is accepted");
  const auto refused = client.cancelOrder(account, order);
  check(!refused && refused.error().kind == broker::ErrorKind::NotCancelable, "and refused the second time");

  auto distrustful = mock.clientOptions();
  distrustful.tls.caFile.clear();  // the system's CA certificates, which do not include the mock's
  const auto untrusted = broker::BrokerClient{mock.credentials(), distrustful}.cancelOrder(account, order);
  check(!untrusted && untrusted.error().kind == broker::ErrorKind::NotSent, "an unknown authority is not trusted");

  check(statusOf(mock.url() + "/v1/clock", mock.caFile()) == 403, "the program's libcurl still works");
}
