#pragma once

#include <alpaca/broker/credentials.hpp>

#include <cstdint>

namespace alpaca::broker::credentials {

/// Who is calling, as a request says it.
struct Login {
  Credentials credentials;
  std::uint64_t number = 1;  ///< no two of a client have the same; 0 is none's
};

}  // namespace alpaca::broker::credentials
