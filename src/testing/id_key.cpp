#include "testing/id_key.hpp"

#include "http/ascii.hpp"

#include <alpaca/broker/ids.hpp>

#include <algorithm>

namespace alpaca::broker::testing {

std::string idKey(std::string_view id) {
  std::string key(id);
  if (AccountId::parse(id)) std::transform(key.begin(), key.end(), key.begin(), http::lowerCase);
  return key;
}

}  // namespace alpaca::broker::testing
