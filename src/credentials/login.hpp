#pragma once

#include <alpaca/broker/credentials.hpp>

#include <cstdint>

namespace alpaca::broker::credentials {

/// The credentials that a request sends.
struct Login {
  Credentials credentials;
  std::uint64_t number = 1;  ///< unique within a client; 0 means no credentials
};

}  // namespace alpaca::broker::credentials
