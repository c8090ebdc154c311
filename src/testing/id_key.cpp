#include "testing/id_key.hpp"

#include "base/ascii.hpp"

#include <alpaca/broker/ids.hpp>

#include <algorithm>

namespace alpaca::broker::testing {

std::string idKey(std::string_view id) {
  std::string key(id);
  if (AccountId::parse(id)) std::transform(key.begin(), key.end(), key.begin(), base::lowerCase);
  return key;
}

}  // namespace alpaca::broker::testing
