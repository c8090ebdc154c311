#pragma once

#include <alpaca/broker/error.hpp>

#include <string>
#include <string_view>

namespace alpaca::broker::model {

/// Builds the error for unusable input: "<what> <fault>; accepted: <accepted>."
inline Error invalidArgument(std::string_view what, std::string_view fault, std::string_view accepted) {
  Error error;
  error.kind = ErrorKind::InvalidArgument;
  error.message.append(what).append(" ").append(fault).append("; accepted: ").append(accepted).append(".");
  return error;
}

}  // namespace alpaca::broker::model
