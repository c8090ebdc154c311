#pragma once

#include <alpaca/broker/options.hpp>

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace alpaca::broker::testing {

/// An answer of the mock broker.
struct Answer {
  int status = 0;
  std::string body{};
  std::vector<Header> headers{};
};

/// Returns an answer with this body. Replaces bytes that are not UTF-8.
Answer jsonAnswer(int status, const nlohmann::json& body);

/// Returns an error body as the broker writes it.
nlohmann::json errorJson(std::int64_t code, const std::string& message);

/// Returns an answer with such a body.
Answer errorAnswer(int status, std::int64_t code, const std::string& message);

Answer tooManyRequests(std::chrono::seconds retryAfter);

}  // namespace alpaca::broker::testing
