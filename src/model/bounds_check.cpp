#include "model/bounds_check.hpp"

#include "model/invalid_argument.hpp"

#include <algorithm>
#include <string>

namespace alpaca::broker::model {

bool hasControlCharacter(std::string_view text) noexcept {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

Fault validateTime(std::string_view field, std::chrono::milliseconds time) {
  if (time >= std::chrono::milliseconds(1) && time <= kMaxTime) return std::nullopt;
  return invalidArgument(field, "is " + std::to_string(time.count()) + " ms", "1 ms to 24 h");
}

Fault validateCount(std::string_view field, int count, int least, int most) {
  if (count >= least && count <= most) return std::nullopt;
  return invalidArgument(field, "is " + std::to_string(count), std::to_string(least) + " to " + std::to_string(most));
}

}  // namespace alpaca::broker::model
