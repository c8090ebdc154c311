#pragma once

#include "platform/process.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

namespace alpaca::broker::http {

/// State with locks in it, one for each process.
///
/// A child made by fork() gets a new one: the inherited mutex may be locked for ever, by a thread that exists only in
/// the parent. What is inherited is left alone for good, never used and never destroyed. Thread-safe.
template <class State>
class PerProcess {
 public:
  using Make = std::function<std::unique_ptr<State>()>;

  /// @param make makes the state of a child
  PerProcess(std::unique_ptr<State> first, Make make) : make_(std::move(make)), owned_(new Owned{std::move(first)}) {}
  explicit PerProcess(Make make) : PerProcess(make(), make) {}

  ~PerProcess() {
    const Owned* const current = owned_;
    if (current->process == platform::processId()) delete current;  // else inherited by a child that never used it
  }
  PerProcess(const PerProcess&) = delete;
  PerProcess& operator=(const PerProcess&) = delete;

  State& get() {
    Owned* current = owned_;
    if (current->process == platform::processId()) return *current->state;
    auto own = std::make_unique<Owned>(Owned{make_()});
    return owned_.compare_exchange_strong(current, own.get()) ? *own.release()->state : *current->state;
  }

 private:
  struct Owned {
    std::unique_ptr<State> state;
    const long process = platform::processId();
  };

  const Make make_;
  std::atomic<Owned*> owned_;
};

}  // namespace alpaca::broker::http
