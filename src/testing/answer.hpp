#pragma once

#include <alpaca/broker/options.hpp>

#include <nlohmann/json.hpp>

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

/// Returns an error body as the broker writes it.
nlohmann::json errorJson(std::int64_t code, const std::string& message);

/// Returns an answer with such a body.
Answer errorAnswer(int status, std::int64_t code, const std::string& message);

/// Adds the header unless one with that name exists.
void addHeader(Answer& answer, const char* name, std::string value);

}  // namespace alpaca::broker::testing
