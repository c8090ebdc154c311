#include "client_impl.hpp"

#include "call/client_options_check.hpp"
#include "http/connection.hpp"
#include "http/curl_library.hpp"
#include "http/pool.hpp"
#include "http/url.hpp"
#include "model/invalid_argument.hpp"
#include "model/options_check.hpp"

#include <alpaca/broker/version.hpp>

#include <utility>
#include <vector>

namespace alpaca::broker::wiring {
namespace {

void throwIf(const std::optional<Error>& fault) {
  if (fault) throw BrokerError(*fault);
}

std::vector<std::string> headerLines(const ClientOptions& options) {
  std::vector<std::string> lines{"Accept: application/json"};
  for (const Header& header : options.extraHeaders) lines.push_back(header.name + ": " + header.value);
  return lines;
}

http::ConnectionSettings connectionSettings(const ClientOptions& options, const http::BaseUrl& base,
                                            const http::ProxyUrl& proxy) {
  const std::string app = options.userAgent.empty() ? "" : options.userAgent + " ";
  http::ConnectionSettings settings{base.text};
  settings.plainHttpAllowed = base.plainHttp;
  settings.caFile = options.tls.caFile;
  settings.proxy = proxy.text;
  settings.userAgent = app + "alpaca-broker-cpp/" + std::string(kVersion);
  settings.headers = headerLines(options);
  settings.timings = static_cast<bool>(options.observer);
  return settings;
}

std::unique_ptr<http::Transport> connectionPool(http::ConnectionSettings settings, int maxConnections) try {
  if (const std::string lack = http::prepareCurl(); !lack.empty()) throw unusableLibrary(lack);
  return std::make_unique<http::ConnectionPool>(std::move(settings), maxConnections);
} catch (const http::ConnectionSetupError& error) {
  throw unusableLibrary(error.what());
}

}  // namespace

call::CallPipeline makePipeline(const Credentials& credentials, const ClientOptions& options) {
  throwIf(model::validate(credentials));
  throwIf(call::validate(options));
  const http::BaseUrl base = http::parseBaseUrl(options.baseUrl).value();
  const http::ProxyUrl proxy = http::parseProxyUrl(options.proxy).value();
  auto settings = connectionSettings(options, base, proxy);
  return {connectionPool(std::move(settings), options.maxConnections), options, credentials, base, proxy.password};
}

BrokerError unusableLibrary(const std::string& lack) {
  Error error;
  error.kind = ErrorKind::NotSent;
  error.message = "This client cannot be used: " + lack + ".";
  return BrokerError(std::move(error));
}

Error movedFrom() {
  return model::invalidArgument("BrokerClient", "was moved from; nothing was sent",
                                "a client that still holds its own");
}

Error ofTheParent() {
  Error error;
  error.kind = ErrorKind::Aborted;
  error.message =
      "This BrokerClient belongs to the parent process: nothing was sent. Make a new client in the child process.";
  return error;
}

}  // namespace alpaca::broker::wiring
