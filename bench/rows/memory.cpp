// The growth of memory over very many calls, and the heap that an idle connection holds. Measured first, on a fresh
// heap.
#include "clients/clients.hpp"
#include "clients/curl.hpp"
#include "clients/sdk.hpp"
#include "rows/rows.hpp"

#include <malloc.h>
#include <unistd.h>

#include <fstream>
#include <functional>

namespace alpaca::broker::bench {
namespace {

constexpr int kConnections = 64;
constexpr std::size_t kWarmUpPart = 20;  // one call in 20 warms up
constexpr std::size_t kSamples = 10;

std::size_t residentBytes() {
  std::size_t total = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> total >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

double heapGrowthPerConnection(const std::function<void()>& work) {
  const auto heapBytes = [] {
    const struct mallinfo2 info = ::mallinfo2();  // of all arenas
    return static_cast<double>(info.uordblks + info.hblkhd);
  };
  const double before = heapBytes();
  work();
  return (heapBytes() - before) / kConnections;
}

double sdkPerConnection(const Site& site) {
  const Orders orders = ordersOf(kConnections);
  std::unique_ptr<BrokerClient> client;
  return heapGrowthPerConnection([&] { client = openSdk(site, orders); });
}

struct MultiDeleter {
  void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
};

// libcurl's minimum: one multi handle, which loads the CA certificates once.
double multiPerConnection(const Site& site) {
  const std::string url = site.url() + kOrdersPath + ordersOf(1).front();
  const std::unique_ptr<CURLM, MultiDeleter> multi(curl_multi_init());
  curl_multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(kConnections));
  std::vector<Easy> handles;
  std::size_t bytes = 0;
  const double growth = heapGrowthPerConnection([&] {
    for (int i = 0; i < kConnections; ++i) {
      CURL* easy = handles.emplace_back(curl_easy_init()).get();
      curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
      curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "DELETE");
      curl_easy_setopt(easy, CURLOPT_USERNAME, kKey);
      curl_easy_setopt(easy, CURLOPT_PASSWORD, kSecret);
      curl_easy_setopt(easy, CURLOPT_CAINFO, site.caFile.c_str());
      curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
      curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &countIn);
      curl_easy_setopt(easy, CURLOPT_WRITEDATA, &bytes);
      curl_multi_add_handle(multi.get(), easy);
    }
    int running = 1;
    while (running > 0 && curl_multi_perform(multi.get(), &running) == CURLM_OK && running > 0) {
      curl_multi_poll(multi.get(), nullptr, 0, 100, nullptr);
    }
  });
  for (const Easy& easy : handles) {
    requireAccepted(statusOf(easy.get(), CURLE_OK));
    curl_multi_remove_handle(multi.get(), easy.get());
  }
  return growth;
}

std::vector<std::size_t> residentOver(const Site& site, std::size_t calls) {
  const Orders orders = ordersOf(16);
  const auto client = makeSdk(site, orders);
  const auto cancel = [&](std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) requireAccepted(client->cancel(i % orders.size()));
  };
  std::vector<std::size_t> resident;
  resident.reserve(kSamples + 1);
  cancel(calls / kWarmUpPart);
  resident.push_back(residentBytes());
  for (std::size_t i = 0; i < kSamples; ++i) {
    cancel(calls / kSamples);
    resident.push_back(residentBytes());
  }
  return resident;
}

}  // namespace

Json measureMemory(const Sites& sites, std::size_t calls) {
  Json result{{"calls", calls}, {"resident_bytes", residentOver(sites.loopback, calls)}, {"connections", kConnections}};
  result["sdk_bytes_per_connection"] = sdkPerConnection(sites.delayed);
  result["multi_handle_bytes_per_connection"] = multiPerConnection(sites.delayed);
  return result;
}

}  // namespace alpaca::broker::bench
