#include "testing/request_match.hpp"

#include "testing/route.hpp"

#include "base/ascii.hpp"

namespace alpaca::broker::testing {
namespace {

// An id that is not set matches any text, even one that is no id.
template <class Id>
bool matchesId(const std::optional<Id>& wanted, const std::string& text) {
  if (!wanted) return true;
  const auto id = Id::parse(text);
  return id && *id == *wanted;
}

}  // namespace

bool matches(const RequestMatch& match, const ReceivedRequest& request) {
  if (!match.method.empty() && !base::equalIgnoringCase(match.method, request.method)) return false;
  const Route route = routeOf(request.method, request.target);
  return matchesId(match.orderId, route.order) && matchesId(match.accountId, route.account);
}

bool isSame(const RequestMatch& a, const RequestMatch& b) {
  return base::equalIgnoringCase(a.method, b.method) && a.orderId == b.orderId && a.accountId == b.accountId;
}

}  // namespace alpaca::broker::testing
