#include "client_impl.hpp"

#include "call/client_options_check.hpp"
#include "http/connection.hpp"
#include "http/curl_library.hpp"
#include "http/pool.hpp"
#include "http/url.hpp"
#include "model/options_check.hpp"
#include "platform/process.hpp"

#include <alpaca/broker/version.hpp>

#include <utility>

namespace alpaca::broker::wiring {
namespace {

http::ConnectionSettings connectionSettings(const ClientOptions& options, const http::BaseUrl& base,
                                            const http::ProxyUrl& proxy) {
  const std::string app = options.userAgent.empty() ? "" : options.userAgent + " ";
  http::ConnectionSettings settings{base.text};
  settings.plainHttpAllowed = base.plainHttp;
  settings.caFile = options.tls.caFile;
  settings.proxy = proxy.text;
  settings.userAgent = app + "alpaca-broker-cpp/" + std::string(kVersion);
  settings.headers = {"Accept: application/json"};
  for (const Header& header : options.extraHeaders) settings.headers.push_back(header.name + ": " + header.value);
  settings.timings = static_cast<bool>(options.observer);
  return settings;
}

std::unique_ptr<http::Transport> connectionPool(http::ConnectionSettings settings, int maxConnections) try {
  if (const std::string lack = http::prepareCurl(); !lack.empty()) throw unusable(lack);
  return std::make_unique<http::ConnectionPool>(std::move(settings), maxConnections);
} catch (const http::ConnectionSetupError& error) {
  throw unusable(error.what());
}

}  // namespace

call::CallPipeline makePipeline(const Credentials& credentials, const ClientOptions& options) {
  if (const auto fault = model::validate(credentials)) throw BrokerError(*fault);
  if (const auto fault = call::validate(options)) throw BrokerError(*fault);
  const http::BaseUrl base = http::parseBaseUrl(options.baseUrl).value();
  const http::ProxyUrl proxy = http::parseProxyUrl(options.proxy).value();
  auto settings = connectionSettings(options, base, proxy);
  return {connectionPool(std::move(settings), options.maxConnections), options, credentials, base, proxy.password};
}

CallObserver onlyInThisProcess(CallObserver hook) {
  if (!hook) return {};
  return [hook = std::move(hook), process = platform::processId()](const CallEvent& event) {
    // guard: a child of the call's hook tells no end
    if (process == platform::processId()) hook(event);
  };
}

BrokerError unusable(const std::string& lack) {
  return BrokerError({ErrorKind::NotSent, "This client cannot be used: " + lack + "."});
}

}  // namespace alpaca::broker::wiring
