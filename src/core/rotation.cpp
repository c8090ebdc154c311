#include "core/rotation.hpp"

#include <utility>

namespace alpaca::broker::core {

Rotation::Rotation(const Credentials& first, RotationOptions options, const std::string& proxyPassword, Now now)
    : options_(std::move(options)), now_(std::move(now)) {
  auto generation = std::make_shared<Generation>(first, 1, proxyPassword);
  newest_ = generation.get();
  if (!isOn()) {
    only_ = std::move(generation);
    return;
  }
  const auto stateFrom = [this](std::shared_ptr<Generation> newest) {
    return std::make_unique<std::shared_ptr<RotationState>>(
        std::make_shared<RotationState>(std::move(newest), options_, now_, newest_));
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

Renewal Rotation::renew(const Generation& refused, std::chrono::milliseconds time, const StopToken& stop) {
  return state_->get()->renew(refused.number(), time, stop);
}

void Rotation::close() {
  if (state_) state_->get()->close();
}

void Rotation::join() {
  if (state_) state_->get()->join();
}

}  // namespace alpaca::broker::core
