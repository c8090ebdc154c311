#include "credentials/credential_source.hpp"

#include "base/join_unless_own.hpp"
#include "model/options_check.hpp"
#include "model/stop_callback.hpp"
#include "platform/process.hpp"

#include <optional>
#include <utility>

namespace alpaca::broker::credentials {
namespace {

using std::chrono::milliseconds;

// After a provider's answer that did not help, refused calls do not ask again for this long. Refusals can come by the
// thousand.
constexpr milliseconds kPauseAfterNoHelp{1'000};

// Calls the provider, which is the user's code.
// @return nothing when it throws; the exception's text is dropped, as it may contain a secret
std::optional<Credentials> ask(const std::function<Credentials()>& provider) noexcept try {
  return provider();
} catch (...) {
  return std::nullopt;
}

}  // namespace

CredentialSource::CredentialSource(const Credentials& first, RotationOptions options, const std::string& proxyPassword,
                                   Now now)
    : options_(std::move(options)),
      now_(std::move(now)),
      current_(std::make_shared<const CredentialSet>(first, 1, proxyPassword)),
      due_(nextDue()) {}

CredentialSource::~CredentialSource() {
  close();
  join();
}

void CredentialSource::start() {
  const std::lock_guard lock(mutex_);
  if (asksUnasked()) launch();
}

// The thread has its own copy of the provider, because the client's copy is destroyed with the client.
void CredentialSource::launch() {
  thread_ = std::thread([this, provider = options_.provider] { work(provider); });
}

bool CredentialSource::startThread() noexcept try {
  if (!thread_.joinable()) launch();
  return true;
} catch (...) {
  return false;
}

std::shared_ptr<const CredentialSet> CredentialSource::current() {
  if (!isOn()) return {std::shared_ptr<void>(), current_.get()};
  const std::lock_guard lock(mutex_);
  if (asksUnasked() && !closing_) startThread();  // if that fails, the next call tries again
  return current_;
}

// @return the number of the round that will bring the answer
//
// A running round counts only if it started for refused credentials. A scheduled round may have started before the
// credentials were replaced, so its answer says nothing about the refusal.
std::uint64_t CredentialSource::want() {
  const bool running = begun_ > ended_;
  // guard: credentials fetched before a refusal do not answer it
  if (running && forRefusals_) return begun_;
  wanted_ = refused_ = true;
  wake_.notify_one();
  return begun_ + 1;
}

RenewalResult CredentialSource::renew(const CredentialSet& refused, milliseconds time, const StopToken& stop) {
  const StopCallback onStop(stop, [&] {
    const std::lock_guard lock(mutex_);
    settled_.notify_all();
  });
  Lock lock(mutex_);
  if (current_->number() > refused.number()) return RenewalResult::Newer;
  if (closing_) return RenewalResult::Closed;
  if (isOwnThread()) return RenewalResult::OwnCall;
  const bool running = begun_ > ended_ || wanted_;
  // guard: refused calls do not flood the credentials provider
  if (!running && now_() < silentUntil_) return last_;
  if (!startThread()) return RenewalResult::NoThread;
  return await(lock, {want(), refused.number(), true, time}, stop);
}

RenewalResult CredentialSource::askNow(milliseconds time, const StopToken& stop) {
  const StopCallback onStop(stop, [&] {
    const std::lock_guard lock(mutex_);
    settled_.notify_all();
  });
  Lock lock(mutex_);
  if (closing_) return RenewalResult::Closed;
  if (isOwnThread()) return RenewalResult::OwnCall;
  if (!startThread()) return RenewalResult::NoThread;
  wanted_ = true;
  wake_.notify_one();
  // guard: credentials fetched before a call for newer ones do not answer it
  return await(lock, {begun_ + 1, current_->number(), false, time}, stop);
}

RenewalResult CredentialSource::await(Lock& lock, const Wait& wait, const StopToken& stop) {
  const auto isNewer = [&] { return current_->number() > wait.number; };
  const auto isAnswered = [&] { return ended_ >= wait.round || (wait.anyNewerIsEnough && isNewer()); };
  // guard: a call that waits for newer credentials keeps its deadline
  settled_.wait_for(lock, wait.time, [&] { return isAnswered() || closing_ || stop.stopRequested(); });
  if (isAnswered() && isNewer()) return RenewalResult::Newer;
  if (closing_) return RenewalResult::Closed;
  if (isAnswered()) return last_;
  return stop.stopRequested() ? RenewalResult::Stopped : RenewalResult::TimedOut;
}

void CredentialSource::work(const Provider& provider) {
  const long process = platform::processId();
  bool destroyed = false;
  Lock lock(mutex_);
  destroyed_ = &destroyed;
  while (awaitOccasion(lock)) {
    wanted_ = false;
    forRefusals_ = std::exchange(refused_, false);
    ++begun_;
    // guard: only refused calls wait for newer credentials
    lock.unlock();
    const std::optional<Credentials> given = ask(provider);
    if (destroyed) return;  // the provider has destroyed this object
    // guard: asking for credentials ends in a child that the provider makes
    if (process != platform::processId()) return;  // in a child, the lock may be held for ever
    // guard: only refused calls wait for newer credentials
    Answer answer = judge(given);
    lock.lock();
    {
      const std::shared_ptr<const CredentialSet> replaced = take(std::move(answer));
      settled_.notify_all();
      lock.unlock();
    }  // the replaced set is wiped here, without the lock, unless a call still uses it
    lock.lock();
  }
}

// Waits until the provider is to be asked. @return false when the client is being destroyed
bool CredentialSource::awaitOccasion(Lock& lock) {
  const auto isCalled = [&] { return closing_ || wanted_; };
  if (!asksUnasked()) wake_.wait(lock, isCalled);
  while (!isCalled() && now_() < due_) wake_.wait_for(lock, due_ - now_(), isCalled);
  return !closing_;
}

// Runs without the lock, which is safe: only the thread that calls this changes `current_`.
CredentialSource::Answer CredentialSource::judge(const std::optional<Credentials>& given) const noexcept try {
  if (!given) return {RenewalResult::Failed};
  // guard: unusable credentials change nothing
  if (model::validate(*given)) return {RenewalResult::Unusable};
  if (current_->isOf(*given)) return {RenewalResult::Unchanged};
  return {RenewalResult::Newer, current_->successor(*given)};
} catch (...) {
  return {RenewalResult::Failed};
}

// Records an answer, under the lock. @return the replaced set, to be released without the lock
std::shared_ptr<const CredentialSet> CredentialSource::take(Answer answer) {
  ++ended_;
  last_ = answer.renewal;
  if (closing_) return {};
  due_ = nextDue();
  if (forRefusals_ && !answer.next) silentUntil_ = now_() + kPauseAfterNoHelp;
  if (!answer.next) return {};
  // guard: old credentials are released with the last call
  return std::exchange(current_, std::move(answer.next));
}

void CredentialSource::close() {
  const std::lock_guard lock(mutex_);
  closing_ = true;
  wake_.notify_all();
  settled_.notify_all();
}

void CredentialSource::join() {
  std::thread thread;
  {
    const std::lock_guard lock(mutex_);
    thread.swap(thread_);
    if (thread.get_id() == std::this_thread::get_id()) *destroyed_ = true;
  }
  base::joinUnlessOwn(thread);
}

}  // namespace alpaca::broker::credentials
