#pragma once

#include "http/message.hpp"

#include <algorithm>
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

/// The value of a request's parameter; empty when the target has no such parameter. Decodes colons only.
inline std::string parameter(const std::string& target, const std::string& name) {
  const auto at = target.find(name + "=");
  if (at == std::string::npos) return {};
  std::string value = target.substr(at + name.size() + 1);
  value.resize(std::min(value.size(), value.find('&')));
  for (auto colon = value.find("%3A"); colon != std::string::npos; colon = value.find("%3A")) {
    value.replace(colon, 3, ":");
  }
  return value;
}

/// True when a list with commas contains the word, or is empty.
inline bool isAmong(const std::string& list, const std::string& word) {
  return list.empty() || ("," + list + ",").find("," + word + ",") != std::string::npos;
}

}  // namespace alpaca::broker::test
