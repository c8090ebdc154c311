#pragma once

#include "call/retry.hpp"
#include "http/message.hpp"

#include <alpaca/broker/result.hpp>

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

namespace alpaca::broker::call {

/// Where the ids are within a request's target. Unlike views, places stay true when the request moves to another
/// thread.
struct IdsInTarget {
  struct Place {
    std::size_t begin = 0;
    std::size_t size = 0;  ///< 0: the request has no such id
  };
  Place account{};
  Place order{};
};

/// How an endpoint wants its request sent.
struct RequestSpec {
  std::string_view operation;  ///< the public function that makes this request alone, for observers
  http::HttpRequest request;
  std::string_view urlTemplate;  ///< the target, with placeholders for the ids
  Idempotency idempotency = Idempotency::Once;
  int success = 0;  ///< the one status that proves what was done
  IdsInTarget ids{};
};

/// Returns what a failure means for the caller's order, and what to do next.
using Advice = std::string_view (*)(const Error& error) noexcept;

/// The errors of single orders within a successful answer about all of them.
template <class T>
struct NestedErrors {
  std::vector<Error*> (*in)(T& answer) = nullptr;
  Advice advice = nullptr;
};

/// All that an endpoint declares about one call. Everything else is common to all calls.
template <class T>
struct Operation {
  RequestSpec spec;

  /// Reads the answer, and checks that it is about what was asked for. The `message` of its error must not describe the
  /// answer: it is appended to such a description.
  std::function<Result<T>(const http::HttpResponse& response)> response;

  Advice advice = nullptr;

  NestedErrors<T> nested{};
};

}  // namespace alpaca::broker::call
