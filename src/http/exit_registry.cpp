#include "http/exit_registry.hpp"

#include "platform/process.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace alpaca::broker::http {
namespace {

struct Registry {
  const long process = platform::processId();
  std::mutex mutex;
  std::vector<EndsAtExit*> objects;
  std::vector<std::thread::id> endings;  // the threads that are destroying a client
  std::condition_variable ended;
  std::thread::id exitingThread;
  bool exiting = false;

  [[nodiscard]] bool othersAreEnding() const {
    return std::any_of(endings.begin(), endings.end(), [&](std::thread::id one) { return one != exitingThread; });
  }
};

// The registry is never destroyed, as objects that are destroyed very late still need it. A child made by fork() gets a
// fresh one, for two reasons. A thread that exists only in the parent may hold the inherited lock for ever. And the
// objects registered there belong to the parent.
Registry& registry() {
  static std::atomic<Registry*> current{nullptr};
  Registry* known = current;
  // guard: a child registers its clients for the exit whatever the parent's threads hold
  if (known != nullptr && known->process == platform::processId()) return *known;
  auto own = std::make_unique<Registry>();
  return current.compare_exchange_strong(known, own.get()) ? *own.release() : *known;
}

// Closes all objects before it waits for the first one, so that they end in parallel. Holds the lock meanwhile: a
// thread that wants to destroy one of them waits.
void onExit() {
  // For calls on the app's own threads, which end at once if they can.
  constexpr std::chrono::seconds kMaxWait{2};
  Registry& all = registry();
  std::unique_lock lock(all.mutex);
  all.exiting = true;
  all.exitingThread = std::this_thread::get_id();
  const auto until = std::chrono::steady_clock::now() + kMaxWait;
  for (EndsAtExit* object : all.objects) object->close();
  all.ended.wait_until(lock, until, [&] { return !all.othersAreEnding(); });
  for (EndsAtExit* object : all.objects) object->release(until);
}

}  // namespace

void registerExitHandler() noexcept {
  // guard: clients end before OpenSSL cleans up
  static const int kRegistered = std::atexit(onExit);
  static_cast<void>(kRegistered);
}

ExitRegistration::ExitRegistration(EndsAtExit& object) : object_(object) {
  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  all.objects.push_back(&object);
  tooLate_ = all.exiting;
}

ExitRegistration::~ExitRegistration() {
  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  all.objects.erase(std::remove(all.objects.begin(), all.objects.end(), &object_), all.objects.end());
}

ClientEnding::ClientEnding() {
  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  tooLate_ = all.exiting && all.exitingThread != std::this_thread::get_id();
  all.endings.push_back(std::this_thread::get_id());
}

ClientEnding::~ClientEnding() {
  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  const auto own = std::find(all.endings.begin(), all.endings.end(), std::this_thread::get_id());
  if (own != all.endings.end()) all.endings.erase(own);
  all.ended.notify_all();
}

}  // namespace alpaca::broker::http
