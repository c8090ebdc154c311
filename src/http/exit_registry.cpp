#include "http/exit_registry.hpp"

#include "http/per_process.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <vector>

namespace alpaca::broker::http {
namespace {

struct Registry {
  std::mutex mutex;
  std::vector<EndsAtExit*> objects;
  bool exiting = false;
};

// Never destroyed, as it is needed by objects that are destroyed later than anything here would be.
Registry& registry() {
  static auto* const kRegistry = new PerProcess<Registry>([] { return std::make_unique<Registry>(); });
  return kRegistry->get();
}

// All are closed before the first one is waited for, so that they end side by side. The lock is held meanwhile: who
// wants to destroy one of them waits.
void onExit() {
  constexpr std::chrono::seconds kLongestWait{2};  // for calls on the app's own threads, which end at once if they can
  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  all.exiting = true;
  const auto until = std::chrono::steady_clock::now() + kLongestWait;
  for (EndsAtExit* object : all.objects) object->close();
  for (EndsAtExit* object : all.objects) object->release(until);
}

}  // namespace

void registerExitHandler() noexcept {
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

}  // namespace alpaca::broker::http
