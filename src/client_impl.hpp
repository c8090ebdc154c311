#pragma once

#include "call/executor.hpp"
#include "call/pipeline.hpp"
#include "http/exit_registry.hpp"
#include "platform/process.hpp"
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

/// The error for a library or system that lacks what every client needs.
BrokerError unusableLibrary(const std::string& lack);

Error movedFrom();
Error ofTheParent();

/// Deletes a client's inside in its own process only. A child made by fork() frees and closes nothing: closing a TLS
/// connection would end it for the parent, and a thread of the parent may hold a lock.
template <class Impl>
struct DeleteInOwnProcess {
  void operator()(Impl* impl) const noexcept {
    // guard: a child leaves inherited connections alone
    if (!impl->isInherited()) delete impl;
  }
};

}  // namespace alpaca::broker::wiring

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// All parts of a client.
class BrokerClient::Impl {
 public:
  Impl(const Credentials& credentials, const ClientOptions& options)
      : pipeline(wiring::makePipeline(credentials, options)),
        executor(static_cast<std::size_t>(options.asyncQueueCapacity),
                 static_cast<std::size_t>(options.maxConnections)) {}

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // True in a child that was forked from the process that made this client.
  [[nodiscard]] bool isInherited() const noexcept { return process_ != platform::processId(); }

  // Returns why the client cannot be used; nothing when it can. In a forked child, nothing with a lock must be touched:
  // a thread that exists only in the parent may hold it for ever.
  static std::optional<Error> whyUnusable(const std::shared_ptr<Impl>& impl) {
    if (!impl) return wiring::movedFrom();
    // guard: a client of the parent answers nothing but Aborted in a child
    if (impl->isInherited()) return wiring::ofTheParent();
    return std::nullopt;
  }

  // Ends all calls. Waits for those on the client's own threads, which end at once after close().
  void end() {
    // guard: the end of a parent's client in a child waits for nothing
    if (isInherited()) return;
    const http::ClientEnding ending;
    pipeline.close();
    // guard: destroying the client waits for asynchronous calls
    executor.shutdown();
    ending.isTooLate() ? keeper.abandon()
                       : keeper.join();  // after the executor: an observer may wait for an asynchronous call
    pipeline.join();                     // the provider of credentials may wait for one, too
  }

  call::CallPipeline pipeline;
  call::Executor executor;
  workflows::WarmKeeper keeper;

 private:
  friend wiring::DeleteInOwnProcess<Impl>;
  ~Impl() = default;

  const long process_ = platform::processId();
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
