#include <alpaca/broker/client.hpp>

#include "core/async_call.hpp"
#include "core/caller.hpp"
#include "core/executor.hpp"
#include "core/invalid_argument.hpp"
#include "core/options_check.hpp"
#include "endpoints/cancel_order.hpp"
#include "http/connection.hpp"
#include "http/connection_pool.hpp"
#include "http/curl_library.hpp"
#include "http/url.hpp"

#include <alpaca/broker/version.hpp>

#include <utility>

namespace alpaca::broker {
namespace {

void throwIf(const std::optional<Error>& fault) {
  if (fault) throw BrokerError(*fault);
}

BrokerError unusableLibrary(const std::string& lack) {
  Error error;
  error.kind = ErrorKind::NotSent;
  error.message = "This client cannot be used: " + lack + ".";
  return BrokerError(std::move(error));
}

std::vector<std::string> headerLines(const ClientOptions& options) {
  std::vector<std::string> lines{"Accept: application/json"};
  for (const Header& header : options.extraHeaders) lines.push_back(header.name + ": " + header.value);
  return lines;
}

http::ConnectionSettings connectionSettings(const Credentials& credentials, const ClientOptions& options,
                                            const http::BaseUrl& base, const http::ProxyUrl& proxy) {
  const std::string app = options.userAgent.empty() ? "" : options.userAgent + " ";
  http::ConnectionSettings settings{base.text, credentials};
  settings.plainHttpAllowed = base.plainHttp;
  settings.caFile = options.tls.caFile;
  settings.proxy = proxy.text;
  settings.userAgent = app + "alpaca-broker-cpp/" + std::string(kVersion);
  settings.headers = headerLines(options);
  return settings;
}

std::unique_ptr<http::Transport> connectionPool(http::ConnectionSettings settings, int maxConnections) try {
  if (const std::string lack = http::prepareCurl(); !lack.empty()) throw unusableLibrary(lack);
  return std::make_unique<http::ConnectionPool>(std::move(settings), maxConnections);
} catch (const http::ConnectionSetupError& error) {
  throw unusableLibrary(error.what());
}

// In the order of what happens: everything is checked, then the transport is made, and the caller drives it.
core::Caller makeCaller(const Credentials& credentials, const ClientOptions& options) {
  throwIf(core::faultIn(credentials));
  throwIf(core::faultIn(options));
  const http::BaseUrl base = http::parseBaseUrl(options.baseUrl).value();
  const http::ProxyUrl proxy = http::parseProxyUrl(options.proxy).value();
  auto settings = connectionSettings(credentials, options, base, proxy);
  return {connectionPool(std::move(settings), options.maxConnections), options, credentials, base, proxy.password};
}

Error movedFrom() {
  return core::invalidArgument("BrokerClient", "was moved from; nothing was sent", "a client that still holds its own");
}

// Takes a copy of the pointer: a call outlives a client that is destroyed meanwhile.
template <class Impl, class T>
Result<T> callOn(std::shared_ptr<Impl> impl, const core::Operation<T>& operation, const CallOptions& options) {
  if (!impl) return movedFrom();
  return impl->caller.call(operation, options);
}

// The same on the client's own threads; time counts from here. `call` makes the call: with the client's inside, the
// options and the start. The pointer is a copy here, too: the result may arrive, and end the client, before this
// returns.
template <class Impl, class T, class Call>
Result<Submitted> submitOn(std::shared_ptr<Impl> impl, core::Lane lane, Call call, Callback<T> done,
                           const CallOptions& options) {
  if (!impl) return movedFrom();
  if (auto fault = core::faultInAsync(done != nullptr, options)) return *std::move(fault);
  core::Executor& executor = impl->executor;
  const core::Submission submission =
      executor.submit(lane, [inside = impl, lane, call = std::move(call), done = std::move(done), options,
                             start = impl->caller.now()]() mutable {
        core::complete(done, lane, [&] {
          auto result = call(inside->caller, options, start);
          inside.reset();  // before the result is told: a client that ends by it leaves nothing behind
          return result;
        });
      });
  return core::told(submission, executor.capacity());
}

template <class Impl, class T>
Result<Submitted> submitOn(std::shared_ptr<Impl> impl, core::Lane lane, core::Operation<T> operation, Callback<T> done,
                           const CallOptions& options) {
  return submitOn(
      std::move(impl), lane,
      [operation = std::move(operation)](core::Caller& caller, const CallOptions& own, auto start) {
        return caller.call(operation, own, start);
      },
      std::move(done), options);
}

}  // namespace

// Everything a client is made of.
class BrokerClient::Impl {
 public:
  Impl(const Credentials& credentials, const ClientOptions& options)
      : caller(makeCaller(credentials, options)),
        executor(static_cast<std::size_t>(options.asyncQueueCapacity),
                 static_cast<std::size_t>(options.maxConnections)) {}

  // Ends all calls. Waits for the asynchronous ones, which end at once now.
  void end() {
    caller.close();
    executor.shutdown();
  }

  core::Caller caller;
  core::Executor executor;
};

BrokerClient::BrokerClient(const Credentials& credentials, const ClientOptions& options)
    : impl_(std::make_shared<Impl>(credentials, options)) {}

BrokerClient::~BrokerClient() {
  if (impl_) impl_->end();
}

BrokerClient::BrokerClient(BrokerClient&&) noexcept = default;

BrokerClient& BrokerClient::operator=(BrokerClient&& other) noexcept {
  std::shared_ptr<Impl> taken = std::move(other.impl_);
  if (impl_) impl_->end();  // first, as callbacks may still look at this client
  impl_ = std::move(taken);
  return *this;
}

Result<CancelAccepted> BrokerClient::cancelOrder(const AccountId& account, const OrderId& order,
                                                 const CallOptions& options) {
  return callOn(impl_, endpoints::cancel_order::operation(account, order), options);
}

Result<Submitted> BrokerClient::cancelOrderAsync(const AccountId& account, const OrderId& order,
                                                 Callback<CancelAccepted> done, const CallOptions& options) {
  auto operation = endpoints::cancel_order::operation(account, order);
  return submitOn(impl_, core::Lane::Cancel, std::move(operation), std::move(done), options);
}

std::future<Result<CancelAccepted>> BrokerClient::cancelOrderAsync(const AccountId& account, const OrderId& order,
                                                                   const CallOptions& options) {
  return core::inFuture<CancelAccepted>(
      [&](Callback<CancelAccepted> done) { return cancelOrderAsync(account, order, std::move(done), options); });
}

}  // namespace alpaca::broker
