#include "clients/authorization.hpp"

#include <openssl/evp.h>

#include <vector>

namespace alpaca::broker::bench {

std::string basicAuthorization(const std::string& key, const std::string& secret) {
  const std::string plain = key + ":" + secret;
  std::vector<unsigned char> encoded((plain.size() + 2) / 3 * 4 + 1);  // OpenSSL ends it with a zero
  EVP_EncodeBlock(encoded.data(), reinterpret_cast<const unsigned char*>(plain.data()), static_cast<int>(plain.size()));
  return "Basic " + std::string(encoded.begin(), encoded.end() - 1);
}

}  // namespace alpaca::broker::bench
