#pragma once

#include <alpaca/broker/ids.hpp>

#include <string>
#include <vector>

namespace alpaca::broker::test {

/// Account number n of a desk with many accounts.
inline AccountId accountNumber(int n) {
  const std::string digits = std::to_string(n);
  return AccountId::parse("3d0b0e65-35d3-4dcd-8df7-" + std::string(12 - digits.size(), '0') + digits).value();
}

inline std::vector<AccountId> accounts(int count) {
  std::vector<AccountId> ids;
  ids.reserve(static_cast<std::size_t>(count));
  for (int n = 0; n < count; ++n) ids.push_back(accountNumber(n));
  return ids;
}

/// Order number n of an account.
inline OrderId orderNumber(int account, int n) {
  return OrderId::parse("order-" + std::to_string(account) + "-" + std::to_string(n)).value();
}

}  // namespace alpaca::broker::test
