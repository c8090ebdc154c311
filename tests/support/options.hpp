#pragma once

#include <alpaca/broker/options.hpp>

#include <string>
#include <utility>

namespace alpaca::broker::test {

/// Options for tests of a single attempt.
inline ClientOptions oneAttemptAt(std::string url) {
  ClientOptions options;
  options.baseUrl = std::move(url);
  options.retry.maxAttempts = 1;
  return options;
}

}  // namespace alpaca::broker::test
