#pragma once

#include "call/executor.hpp"
#include "call/pipeline.hpp"
#include "client_call_end.hpp"
#include "http/exit_registry.hpp"
#include "model/invalid_argument.hpp"
#include "workflows/warm_keeper.hpp"

#include <alpaca/broker/client.hpp>

#include <memory>
#include <optional>
#include <string>

/// Assembles a client: turns its options into settings, and makes the pool, the pipeline and the threads for
/// asynchronous calls.
namespace alpaca::broker::wiring {

/// Checks all options, then makes the transport and the pipeline on top of it. @throws BrokerError
call::CallPipeline makePipeline(const Credentials& credentials, const ClientOptions& options);

/// The hook, for the process that calls this. In a child made by fork(), nothing calls it: it may take a lock that a
/// thread of the parent holds.
CallObserver onlyInThisProcess(CallObserver hook);

/// The error for a library or system that lacks what every client needs.
BrokerError unusable(const std::string& lack);

}  // namespace alpaca::broker::wiring

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// All parts of a client.
class BrokerClient::Impl {
 public:
  // A child made by fork() frees and closes nothing: closing a TLS connection would end it for the parent, and a thread
  // of the parent may hold a lock.
  static std::shared_ptr<Impl> make(const Credentials& credentials, const ClientOptions& options) {
    return {new Impl(credentials, options), [](Impl* impl) {
              // guard: a child leaves inherited connections alone
              if (!impl->pipeline.isInherited()) delete impl;
            }};
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // Returns why the client cannot be used; nothing when it can.
  static std::optional<Error> whyUnusable(const std::shared_ptr<Impl>& impl) {
    if (!impl) {
      return model::withNothingSent(
          model::invalidArgument("BrokerClient", "was moved from", "a client that was not moved from"));
    }
    // guard: a parent's client returns only Aborted in a child
    if (impl->pipeline.isInherited()) return call::CallPipeline::errorInChild();
    return std::nullopt;
  }

  // Ends all calls. Waits for those on the client's own threads, which end at once after close().
  void end() {
    // guard: destroying a parent's client in a child waits for nothing
    if (pipeline.isInherited()) return;
    const http::ClientEnding ending;
    pipeline.close();
    // guard: destroying the client waits for asynchronous calls
    executor.shutdown();
    ending.isTooLate() ? keeper.abandon()
                       : keeper.join();  // after the executor: an observer may wait for an asynchronous call
    pipeline.join();                     // the provider of credentials may wait for one, too
  }

  // Tells the app's hook how a call ended.
  template <class T>
  void tellEnd(const CallSubject& subject, const Result<T>& result) const {
    if (onCallEnd_) tell(onCallEnd_, subject, result);
  }

  // The subject of a call that outlives its arguments. Empty without a hook.
  [[nodiscard]] KeptSubject kept(const CallSubject& subject) const { return {subject, bool(onCallEnd_)}; }

  call::CallPipeline pipeline;
  call::Executor executor;
  workflows::WarmKeeper keeper;

 private:
  Impl(const Credentials& credentials, const ClientOptions& options)
      : pipeline(wiring::makePipeline(credentials, options)),
        executor(static_cast<std::size_t>(options.asyncQueueCapacity),
                 static_cast<std::size_t>(options.maxConnections)),
        onCallEnd_(wiring::onlyInThisProcess(options.onCallEnd)) {}
  ~Impl() = default;

  const CallObserver onCallEnd_;
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
