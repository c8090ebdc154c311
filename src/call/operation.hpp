#pragma once

#include "call/retry.hpp"
#include "http/message.hpp"

#include <alpaca/broker/result.hpp>

#include <functional>
#include <string_view>
#include <vector>

namespace alpaca::broker::call {

/// What an endpoint declares about sending a call.
struct RequestSpec {
  http::HttpRequest request;
  std::string_view urlTemplate;  ///< the target with placeholders for the ids
  Idempotency idempotency = Idempotency::Once;
  int success = 0;  ///< the one status that leaves no doubt about what was done
};

/// Says what a failure means for the caller's order, and what to do next.
using Advice = std::string_view (*)(const Error& error) noexcept;

/// Errors within a success: of single orders, in the answer about all of them.
template <class T>
struct NestedErrors {
  std::vector<Error*> (*in)(T& answer) = nullptr;
  Advice advice = nullptr;
};

/// What an endpoint declares about one call; everything else is the same for all.
template <class T>
struct Operation {
  RequestSpec spec;

  /// Reads the answer. Knows what was asked for, where an answer can be about something else. The `message` of its
  /// error says only what the answer itself does not: it is put behind a description of the answer.
  std::function<Result<T>(const http::HttpResponse& response)> response;

  Advice advice = nullptr;

  NestedErrors<T> nested{};
};

}  // namespace alpaca::broker::call
