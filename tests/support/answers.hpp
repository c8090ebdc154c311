#pragma once

#include "http/message.hpp"

#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace alpaca::broker::test {

inline http::HttpResponse answer(int status, std::string body = {}, const std::string& headers = {}) {
  return {status, http::HeaderBlock(headers), std::move(body), {}};
}

/// The text between the slashes of a path, one entry for each segment.
inline std::vector<std::string> segments(const std::string& path) {
  std::vector<std::string> parts;
  std::istringstream stream(path.substr(1));
  for (std::string part; std::getline(stream, part, '/');) parts.push_back(part);
  return parts;
}

}  // namespace alpaca::broker::test
