#pragma once

#include "http/message.hpp"

#include <alpaca/broker/result.hpp>

#include <string_view>

namespace alpaca::broker::core {

/// What an endpoint declares about one call; everything else about sending it is the same for all.
template <class T>
struct Operation {
  http::HttpRequest request;

  /// Reads the answer.
  Result<T> (*response)(const http::HttpResponse& response);

  /// What a failure means for the caller's order, and what to do next.
  std::string_view (*advice)(const Error& error) noexcept;
};

}  // namespace alpaca::broker::core
