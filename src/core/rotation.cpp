#include "core/rotation.hpp"

#include "core/options_check.hpp"
#include "http/stop_callback.hpp"
#include "platform/process.hpp"

#include <array>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace alpaca::broker::core {
namespace {

using std::chrono::milliseconds;

// So long is nobody asked again after an answer that did not help: refusals come by the thousand.
constexpr milliseconds kPauseAfterNoHelp{1'000};

struct Words {
  std::string_view reason;
  std::string_view explanation;
};

// In the order of the enumerators.
constexpr std::array<Words, 9> kWords{{
    {"newer credentials", ""},
    {"credentials unchanged", " The provider of credentials gave the same ones again."},
    {"unusable credentials",
     " The provider of credentials gave some that cannot be used: empty, or with a control "
     "character or, in the key, a colon."},
    {"provider failed", " The provider of credentials has thrown an exception."},
    {"no thread", " No thread could be started to ask the provider of credentials."},
    {"no newer credentials in time", " The provider of credentials has not answered in time."},
    {"stopped", " The call was stopped while the provider of credentials was asked."},
    {"client destroyed", " The client was destroyed while the provider of credentials was asked."},
    {"call of the provider",
     " The provider of credentials has made this call itself, so that none newer were to come."},
}};

}  // namespace

std::string_view reasonOf(Renewal renewal) noexcept { return kWords.at(static_cast<std::size_t>(renewal)).reason; }

std::string_view explanationOf(Renewal renewal) noexcept {
  return kWords.at(static_cast<std::size_t>(renewal)).explanation;
}

class Rotation::State : public std::enable_shared_from_this<State> {
 public:
  State(std::shared_ptr<Generation> first, RotationOptions options, Now now, std::atomic<Generation*>& newest)
      : options_(std::move(options)),
        now_(std::move(now)),
        newest_(newest),
        current_(std::move(first)),
        due_(nextDue()) {}

  void start();
  std::shared_ptr<const Generation> current();
  Renewal renew(std::uint64_t refused, milliseconds time, const StopToken& stop);
  void close();
  void join();

 private:
  using Lock = std::unique_lock<std::mutex>;

  // What one round of asking came to.
  struct Answer {
    Renewal renewal = Renewal::Failed;
    Generation::Link next{};
  };

  [[nodiscard]] Clock::time_point nextDue() const { return now_() + options_.interval; }
  [[nodiscard]] bool asksUnasked() const noexcept { return options_.interval > milliseconds(0); }
  bool startThread() noexcept;
  std::uint64_t want();
  void work();
  bool awaitOccasion(Lock& lock);
  Answer ask() const noexcept;
  std::shared_ptr<Generation> take(Answer answer, bool forRefusals);

  const long process_ = platform::processId();
  const RotationOptions options_;
  const Now now_;
  std::atomic<Generation*>& newest_;  // the client's, and so not touched once that is closed
  std::mutex mutex_;
  std::condition_variable wake_;     // of the thread
  std::condition_variable settled_;  // of those who wait for newer credentials
  std::shared_ptr<Generation> current_;
  std::thread thread_;
  std::uint64_t begun_ = 0;  // rounds of asking
  std::uint64_t ended_ = 0;
  bool wanted_ = false;       // by somebody who was refused, and not asked for yet
  bool forRefusals_ = false;  // the last round that has begun
  Renewal last_ = Renewal::Unchanged;
  Clock::time_point silentUntil_ = Clock::time_point::min();
  Clock::time_point due_;
  bool closing_ = false;
};

void Rotation::State::start() {
  const std::lock_guard lock(mutex_);
  if (asksUnasked()) thread_ = std::thread([self = shared_from_this()] { self->work(); });
}

bool Rotation::State::startThread() noexcept try {
  if (!thread_.joinable()) thread_ = std::thread([self = shared_from_this()] { self->work(); });
  return true;
} catch (...) {
  return false;
}

std::shared_ptr<const Generation> Rotation::State::current() {
  const std::lock_guard lock(mutex_);
  if (asksUnasked() && !closing_) startThread();  // without one, the next call is the next chance
  return current_;
}

// @return which round of asking will have the answer. One that has begun for somebody who was refused will do; one that
// was only due may have begun before the credentials were replaced, and does not speak for them.
std::uint64_t Rotation::State::want() {
  const bool running = begun_ > ended_;
  if (running && forRefusals_) return begun_;
  wanted_ = true;
  wake_.notify_one();
  return begun_ + 1;
}

Renewal Rotation::State::renew(std::uint64_t refused, milliseconds time, const StopToken& stop) {
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

void Rotation::State::work() {
  Lock lock(mutex_);
  while (awaitOccasion(lock)) {
    const bool forRefusals = forRefusals_ = std::exchange(wanted_, false);
    ++begun_;
    lock.unlock();
    Answer answer = ask();
    if (process_ != platform::processId()) return;  // a child that the provider has made: the lock is not ours any more
    lock.lock();
    {
      const std::shared_ptr<Generation> replaced = take(std::move(answer), forRefusals);
      settled_.notify_all();
      lock.unlock();
    }  // what was replaced is wiped here, without the lock, unless a call still holds it
    lock.lock();
  }
}

// @return false when the client ends
bool Rotation::State::awaitOccasion(Lock& lock) {
  const auto isCalled = [&] { return closing_ || wanted_; };
  if (!asksUnasked()) wake_.wait(lock, isCalled);
  while (!isCalled() && now_() < due_) wake_.wait_for(lock, due_ - now_(), isCalled);
  return !closing_;
}

// The user's code, without the lock. Nothing else changes what is current.
Rotation::State::Answer Rotation::State::ask() const noexcept try {
  const Credentials given = options_.provider();
  if (faultIn(given)) return {Renewal::Unusable};
  if (current_->isOf(given)) return {Renewal::Unchanged};
  return {Renewal::Newer, current_->successor(given)};
} catch (...) {  // not a word of it: it may hold a secret
  return {Renewal::Failed};
}

// Under the lock. @return what was replaced, to be let go without it
std::shared_ptr<Generation> Rotation::State::take(Answer answer, bool forRefusals) {
  ++ended_;
  last_ = answer.renewal;
  if (closing_) return {};  // and the clock and whatever else was the client's may be gone
  due_ = nextDue();
  if (forRefusals && !answer.next) silentUntil_ = now_() + kPauseAfterNoHelp;
  if (!answer.next) return {};
  std::shared_ptr<Generation> next = *answer.next;
  current_->followedBy(std::move(answer.next));
  newest_ = next.get();
  return std::exchange(current_, std::move(next));
}

void Rotation::State::close() {
  const std::lock_guard lock(mutex_);
  closing_ = true;
  wake_.notify_all();
  settled_.notify_all();
}

void Rotation::State::join() {
  std::thread thread;
  {
    const std::lock_guard lock(mutex_);
    thread.swap(thread_);
  }
  if (!thread.joinable()) return;
  if (thread.get_id() == std::this_thread::get_id()) {
    thread.detach();
  } else {
    thread.join();
  }
}

Rotation::Rotation(const Credentials& first, RotationOptions options, const std::string& proxyPassword, Now now)
    : options_(std::move(options)), now_(std::move(now)) {
  auto generation = std::make_shared<Generation>(first, 1, proxyPassword);
  newest_ = generation.get();
  if (!isOn()) {
    only_ = std::move(generation);
    return;
  }
  const auto stateFrom = [this](std::shared_ptr<Generation> newest) {
    return std::make_unique<std::shared_ptr<State>>(
        std::make_shared<State>(std::move(newest), options_, now_, newest_));
  };
  state_ = std::make_unique<PerProcess>(stateFrom(std::move(generation)),
                                        [this, stateFrom] { return stateFrom(Generation::last(*newest_)); });
}

Rotation::~Rotation() {
  close();
  join();
}

void Rotation::start() {
  if (state_) state_->get()->start();
}

std::shared_ptr<const Generation> Rotation::current() {
  if (!state_) return {std::shared_ptr<void>(), only_.get()};  // without counting who holds it: it stays
  return state_->get()->current();
}

Renewal Rotation::renew(const Generation& refused, milliseconds time, const StopToken& stop) {
  return state_->get()->renew(refused.number(), time, stop);
}

void Rotation::close() {
  if (state_) state_->get()->close();
}

void Rotation::join() {
  if (state_) state_->get()->join();
}

}  // namespace alpaca::broker::core
