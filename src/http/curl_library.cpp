#include "http/curl_library.hpp"

#include "http/exit_registry.hpp"
#include "http/tls/shared_tls.hpp"

#include <curl/curl.h>

#include <atomic>
#include <mutex>
#include <new>

namespace alpaca::broker::http {
namespace {

constexpr unsigned kOldestVersion = 0x075700;  // 7.87.0: CURLOPT_QUICK_EXIT

// The order matters: exit handlers run in reverse.
CURLcode initialise() noexcept {
  const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) return code;
  prepareTlsLibrary();
  registerExitHandler();
  return code;
}

std::string lackOf(const curl_version_info_data& library) {
  if (library.version_num < kOldestVersion) {
    return std::string("libcurl ") + library.version + " was loaded; 7.87.0 or newer is needed";
  }
  if ((library.features & CURL_VERSION_SSL) == 0) return "this libcurl was built without TLS";
  // Without asynchronous DNS, a name look-up blocks the caller beyond every deadline.
  if ((library.features & CURL_VERSION_ASYNCHDNS) == 0)
    return "this libcurl was built without asynchronous name look-up";
  return {};
}

}  // namespace

std::string prepareCurl() {
  // Set only after a successful start, so that the next client retries a failed one.
  static std::mutex mutex;
  static std::atomic<bool> started{false};
  if (!started) {  // read without the lock, which a child made by fork() may never get
    const std::lock_guard lock(mutex);
    const CURLcode code = started ? CURLE_OK : initialise();
    if (code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
    if (code != CURLE_OK) return std::string("libcurl could not start: ") + curl_easy_strerror(code);
    started = true;
  }
  return lackOf(*curl_version_info(CURLVERSION_NOW));
}

}  // namespace alpaca::broker::http
