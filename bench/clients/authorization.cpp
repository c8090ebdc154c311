#include "clients/authorization.hpp"

#include "http/base64.hpp"

namespace alpaca::broker::bench {

std::string basicAuthorization(const std::string& key, const std::string& secret) {
  return "Basic " + http::base64(key + ":" + secret);
}

}  // namespace alpaca::broker::bench
