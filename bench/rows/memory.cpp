// Whether the memory stays what it is over very many calls, and what an idle connection holds. Measured first of all,
// while nothing else has left its marks on the heap.
#include "clients/clients.hpp"
#include "clients/curl.hpp"
#include "clients/sdk.hpp"
#include "clients/status.hpp"
#include "clients/tls_socket.hpp"
#include "rows/rows.hpp"

#include <malloc.h>
#include <unistd.h>

#include <fstream>
#include <functional>
#include <stdexcept>

namespace alpaca::broker::bench {
namespace {

constexpr int kConnections = 64;
constexpr std::size_t kWarmUpPart = 20;  // one of so many
constexpr std::size_t kSamples = 10;

std::size_t residentBytes() {
  std::size_t total = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> total >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

// Of all arenas.
double heapBytes() {
  const struct mallinfo2 info = ::mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
}

double heapGrowth(const std::function<void()>& work) {
  const double before = heapBytes();
  work();
  return (heapBytes() - before) / kConnections;
}

double sdkPerConnection(const Site& site, const Orders& orders) {
  std::unique_ptr<Batch> batch;
  return heapGrowth([&] {
    // The orders are not part of it; as many as there are connections, so that the line's length keeps all of them
    // busy.
    const Orders some(orders.begin(), orders.begin() + kConnections);
    batch = makeSdkBatch(site, some, kConnections);
    batch->prepare(some.size());
    batch->cancelAll(some.size());
  });
}

double handlePerConnection(const Site& site, const Orders& orders) {
  std::vector<std::unique_ptr<Client>> clients;
  return heapGrowth([&] {
    for (int i = 0; i < kConnections; ++i) {
      clients.push_back(makeLeanCurl(site, orders));
      requireStatus(clients.back()->cancel(0), kAccepted);
    }
  });
}

struct MultiDeleter {
  void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
};

// What libcurl takes at the least: one multi handle, so that the authorities are there once.
double multiPerConnection(const Site& site, const Orders& orders) {
  const std::string url = site.url() + site.ordersPath() + orders.front();
  const std::unique_ptr<CURLM, MultiDeleter> multi(curl_multi_init());
  curl_multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(kConnections));
  std::vector<Easy> handles;
  std::size_t bytes = 0;
  const double growth = heapGrowth([&] {
    for (int i = 0; i < kConnections; ++i) {
      CURL* easy = handles.emplace_back(curl_easy_init()).get();
      curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
      curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "DELETE");
      curl_easy_setopt(easy, CURLOPT_USERNAME, site.key.c_str());
      curl_easy_setopt(easy, CURLOPT_PASSWORD, site.secret.c_str());
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
    requireStatus(statusOf(easy.get(), CURLE_OK), kAccepted);
    curl_multi_remove_handle(multi.get(), easy.get());
  }
  return growth;
}

std::vector<std::size_t> residentOver(Client& client, std::size_t calls, std::size_t orders) {
  const auto cancel = [&](std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) requireStatus(client.cancel(i % orders), kAccepted);
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

Memory measureMemory(const Rig& rig, const Plan& plan) {
  Memory memory;
  memory.calls = plan.memoryCalls;
  memory.residentBytes =
      residentOver(*makeSdk(rig.loopback().keepAlive, rig.fewOrders()), plan.memoryCalls, rig.fewOrders().size());
  memory.connections = kConnections;
  const Site& site = rig.delayed().keepAlive;
  memory.sdkPerConnection = sdkPerConnection(site, rig.orders());
  memory.handlePerConnection = handlePerConnection(site, rig.fewOrders());
  memory.multiPerConnection = multiPerConnection(site, rig.fewOrders());
  return memory;
}

}  // namespace alpaca::broker::bench
