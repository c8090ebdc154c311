#include "core/rotation_state.hpp"

#include "core/join_unless_own.hpp"
#include "core/options_check.hpp"
#include "http/stop_callback.hpp"

#include <utility>

namespace alpaca::broker::core {
namespace {

using std::chrono::milliseconds;

// So long is nobody asked again after an answer that did not help: refusals come by the thousand.
constexpr milliseconds kPauseAfterNoHelp{1'000};

}  // namespace

RotationState::RotationState(std::shared_ptr<Generation> first, RotationOptions options, Now now,
                             std::atomic<Generation*>& newest)
    : options_(std::move(options)),
      now_(std::move(now)),
      newest_(newest),
      current_(std::move(first)),
      due_(nextDue()) {}

void RotationState::start() {
  const std::lock_guard lock(mutex_);
  if (asksUnasked()) launch();
}

void RotationState::launch() {
  thread_ = std::thread([self = shared_from_this()] { self->work(); });
}

bool RotationState::startThread() noexcept try {
  if (!thread_.joinable()) launch();
  return true;
} catch (...) {
  return false;
}

std::shared_ptr<const Generation> RotationState::current() {
  const std::lock_guard lock(mutex_);
  if (asksUnasked() && !closing_) startThread();  // without one, the next call is the next chance
  return current_;
}

// @return which round of asking will have the answer. One that has begun for somebody who was refused will do; one that
// was only due may have begun before the credentials were replaced, and does not speak for them.
std::uint64_t RotationState::want() {
  const bool running = begun_ > ended_;
  if (running && forRefusals_) return begun_;
  wanted_ = true;
  wake_.notify_one();
  return begun_ + 1;
}

Renewal RotationState::renew(std::uint64_t refused, milliseconds time, const StopToken& stop) {
  const StopCallback onStop(stop, [&] {
    const std::lock_guard lock(mutex_);
    settled_.notify_all();
  });
  Lock lock(mutex_);
  const auto isReplaced = [&] { return current_->number() > refused; };
  if (isReplaced()) return Renewal::Newer;
  if (closing_) return Renewal::Closed;
  if (thread_.get_id() == std::this_thread::get_id()) return Renewal::OwnCall;
  const bool running = begun_ > ended_ || wanted_;
  if (!running && now_() < silentUntil_) return last_;
  if (!startThread()) return Renewal::NoThread;
  const std::uint64_t round = want();
  settled_.wait_for(lock, time, [&] { return isReplaced() || closing_ || stop.stopRequested() || ended_ >= round; });
  if (isReplaced()) return Renewal::Newer;
  if (closing_) return Renewal::Closed;
  if (ended_ >= round) return last_;
  return stop.stopRequested() ? Renewal::Stopped : Renewal::TimeUp;
}

void RotationState::work() {
  Lock lock(mutex_);
  while (awaitOccasion(lock)) {
    forRefusals_ = std::exchange(wanted_, false);
    ++begun_;
    lock.unlock();
    Answer answer = ask();
    if (process_ != platform::processId()) return;  // a child that the provider has made: the lock is not ours any more
    lock.lock();
    {
      const std::shared_ptr<Generation> replaced = take(std::move(answer));
      settled_.notify_all();
      lock.unlock();
    }  // what was replaced is wiped here, without the lock, unless a call still holds it
    lock.lock();
  }
}

// @return false when the client ends
bool RotationState::awaitOccasion(Lock& lock) {
  const auto isCalled = [&] { return closing_ || wanted_; };
  if (!asksUnasked()) wake_.wait(lock, isCalled);
  while (!isCalled() && now_() < due_) wake_.wait_for(lock, due_ - now_(), isCalled);
  return !closing_;
}

// The user's code, without the lock. Nothing else changes what is current.
RotationState::Answer RotationState::ask() const noexcept try {
  const Credentials given = options_.provider();
  if (faultIn(given)) return {Renewal::Unusable};
  if (current_->isOf(given)) return {Renewal::Unchanged};
  return {Renewal::Newer, current_->successor(given)};
} catch (...) {  // not a word of it: it may hold a secret
  return {Renewal::Failed};
}

// Under the lock. @return what was replaced, to be let go without it
std::shared_ptr<Generation> RotationState::take(Answer answer) {
  ++ended_;
  last_ = answer.renewal;
  if (closing_) return {};  // and the clock and whatever else was the client's may be gone
  due_ = nextDue();
  if (forRefusals_ && !answer.next) silentUntil_ = now_() + kPauseAfterNoHelp;
  if (!answer.next) return {};
  std::shared_ptr<Generation> next = *answer.next;
  current_->followedBy(std::move(answer.next));
  newest_ = next.get();
  return std::exchange(current_, std::move(next));
}

void RotationState::close() {
  const std::lock_guard lock(mutex_);
  closing_ = true;
  wake_.notify_all();
  settled_.notify_all();
}

void RotationState::join() {
  std::thread thread;
  {
    const std::lock_guard lock(mutex_);
    thread.swap(thread_);
  }
  joinUnlessOwn(thread);
}

}  // namespace alpaca::broker::core
