#pragma once

#include <string>

namespace alpaca::broker::bench {

/// "Basic ...": the value of the header, for clients that do not make it themselves.
std::string basicAuthorization(const std::string& key, const std::string& secret);

}  // namespace alpaca::broker::bench
