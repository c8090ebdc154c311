#pragma once

#include <alpaca/broker/testing/received_request.hpp>
#include <alpaca/broker/testing/request_match.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace alpaca::broker::testing {

bool matches(const RequestMatch& match, const ReceivedRequest& request);

/// True when both select the same requests.
bool isSame(const RequestMatch& a, const RequestMatch& b);

/// A value for each request: the one that was last set for a `RequestMatch` of it.
template <class Value>
class MatchedValues {
 public:
  void set(RequestMatch match, Value value) {
    const auto isReplaced = [&](const auto& rule) { return isSame(rule.first, match); };
    rules_.erase(std::remove_if(rules_.begin(), rules_.end(), isReplaced), rules_.end());
    rules_.emplace_back(std::move(match), std::move(value));
  }

  /// Returns null when there is none.
  Value* find(const ReceivedRequest& request) {
    const auto rule = std::find_if(rules_.rbegin(), rules_.rend(),
                                   [&](const auto& candidate) { return matches(candidate.first, request); });
    return rule == rules_.rend() ? nullptr : &rule->second;
  }

 private:
  std::vector<std::pair<RequestMatch, Value>> rules_;
};

}  // namespace alpaca::broker::testing
