#pragma once

#include <alpaca/broker/options.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace alpaca::broker::testing {

/// What the mock broker answers.
struct Answer {
  int status = 0;
  std::string body{};
  std::vector<Header> headers{};
};

/// The broker's error body.
nlohmann::json errorJson(std::int64_t code, const std::string& message);

/// An answer with that body.
Answer errorAnswer(int status, std::int64_t code, const std::string& message);

/// Adds the header unless one of that name is there.
void addHeader(Answer& answer, const char* name, std::string value);

}  // namespace alpaca::broker::testing
