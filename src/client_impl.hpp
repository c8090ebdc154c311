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

/// How a client is put together: options become settings, the pool, the pipeline and the threads for asynchronous
/// calls.
namespace alpaca::broker::wiring {

/// Checks everything, then makes the transport and the pipeline that drives it. @throws BrokerError
call::CallPipeline makePipeline(const Credentials& credentials, const ClientOptions& options);

/// The libraries or the system lack something that every client needs.
BrokerError unusableLibrary(const std::string& lack);

Error movedFrom();
Error ofTheParent();

}  // namespace alpaca::broker::wiring

namespace alpaca::broker {
inline namespace ALPACA_BROKER_ABI {

/// Everything a client is made of.
class BrokerClient::Impl {
 public:
  Impl(const Credentials& credentials, const ClientOptions& options)
      : pipeline(wiring::makePipeline(credentials, options)),
        executor(static_cast<std::size_t>(options.asyncQueueCapacity),
                 static_cast<std::size_t>(options.maxConnections)) {}

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // True in a child made by fork() of the process that made this.
  [[nodiscard]] bool isInherited() const noexcept { return process_ != platform::processId(); }

  // In such a child nothing is freed or closed: to end a TLS connection there would end it for the parent, and locks
  // may be held for ever, by threads that exist only in the parent.
  struct Delete {
    void operator()(Impl* impl) const noexcept {
      // guard: a child leaves inherited connections alone
      if (!impl->isInherited()) delete impl;
    }
  };

  // Why a client cannot be used at all; nothing when it can. In a child made by fork(), whatever has a lock must not be
  // touched: a thread that exists only in the parent may hold it for ever.
  static std::optional<Error> whyUnusable(const std::shared_ptr<Impl>& impl) {
    if (!impl) return wiring::movedFrom();
    // guard: a client of the parent answers nothing but Aborted in a child
    if (impl->isInherited()) return wiring::ofTheParent();
    return std::nullopt;
  }

  // Ends all calls. Waits for those on the client's own threads, which end at once now.
  void end() {
    // guard: the end of a parent's client in a child waits for nothing
    if (isInherited()) return;
    const http::ClientEnding ending;
    pipeline.close();
    // guard: destroying the client waits for asynchronous calls
    executor.shutdown();
    ending.isTooLate() ? keeper.abandon()
                       : keeper.join();  // after these: its observer may wait for an asynchronous call
    pipeline.join();                     // and so may the provider of credentials
  }

  call::CallPipeline pipeline;
  call::Executor executor;
  workflows::WarmKeeper keeper;

 private:
  ~Impl() = default;

  const long process_ = platform::processId();
};

}  // namespace ALPACA_BROKER_ABI
}  // namespace alpaca::broker
