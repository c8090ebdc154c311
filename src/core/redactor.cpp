#include "core/redactor.hpp"

#include "http/base64.hpp"
#include "http/wipe.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <string_view>
#include <utility>

namespace alpaca::broker::core {
namespace {

constexpr std::string_view kReplacement = "[redacted]";
constexpr std::size_t kShortestSecret = 6;

struct Span {
  std::size_t begin;
  std::size_t end;
};

// Those that overlap go as one: to take them out one after the other would leave a piece of the second.
void replace(std::string& text, std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
  std::string clean;
  std::size_t done = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    Span span = spans[i];
    while (i + 1 < spans.size() && spans[i + 1].begin < span.end) span.end = std::max(span.end, spans[++i].end);
    clean.append(text, done, span.begin - done).append(kReplacement);
    done = span.end;
  }
  clean.append(text, done);
  text.swap(clean);
  http::wipe(clean);
}

// Where at the end of a text that was cut a piece of the secret begins; nowhere if that is too short to tell.
std::size_t cutEnd(const std::string& text, const std::string& secret) {
  const std::size_t longest = std::min(secret.size() - 1, text.size());
  auto at = text.find(secret.front(), text.size() - longest);
  for (; at != std::string::npos && text.size() - at >= kShortestSecret; at = text.find(secret.front(), at + 1)) {
    if (text.compare(at, std::string::npos, secret, 0, text.size() - at) == 0) return at;
  }
  return std::string::npos;
}

// The text with JSON's escapes of ASCII read, wherever they stand: "\\/" and "\\u002f" are both a slash.
std::string unescaped(const std::string& text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      plain += text[i];
      continue;
    }
    ++i;
    unsigned code = 0;
    const char* const digits = text.data() + i + 1;
    const bool isCode =
        text[i] == 'u' && text.size() - i > 4 && std::from_chars(digits, digits + 4, code, 16).ptr == digits + 4;
    plain += isCode ? static_cast<char>(code) : text[i];
    if (isCode) i += 4;
  }
  return plain;
}

}  // namespace

Redactor::Redactor(const Credentials& credentials, const std::string& proxyPassword) {
  std::string user = credentials.key() + ":" + credentials.secret();
  secrets_.reserve(4);
  secrets_.push_back(http::base64(user));
  http::wipe(user);
  for (const std::string* secret : {&credentials.secret(), &credentials.key(), &proxyPassword})
    secrets_.push_back(*secret);
  secrets_.erase(std::remove_if(secrets_.begin(), secrets_.end(),
                                [](const std::string& secret) { return secret.size() < kShortestSecret; }),
                 secrets_.end());
}

void Redactor::add(const Redactor& other) {
  std::vector<std::string> both;
  both.reserve(secrets_.size() + other.secrets_.size());  // else growing it would leave copies behind
  both.insert(both.end(), secrets_.begin(), secrets_.end());
  both.insert(both.end(), other.secrets_.begin(), other.secrets_.end());
  secrets_.swap(both);
  for (std::string& secret : both) http::wipe(secret);
}

Redactor::~Redactor() {
  for (std::string& secret : secrets_) http::wipe(secret);
}

void Redactor::redact(std::string& text) const {
  std::vector<Span> found;
  for (const std::string& secret : secrets_) {
    for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 1)) {
      found.push_back({at, at + secret.size()});
    }
    if (const auto at = cutEnd(text, secret); at != std::string::npos) found.push_back({at, text.size()});
  }
  if (!found.empty()) replace(text, std::move(found));
}

bool Redactor::isIn(const std::string& text) const {
  return std::any_of(secrets_.begin(), secrets_.end(),
                     [&](const std::string& secret) { return text.find(secret) != std::string::npos; });
}

void Redactor::redact(Error& error) const {
  redact(error.message);
  redact(error.brokerMessage);
  redact(error.body);
  redact(error.call.requestId);
  if (isIn(unescaped(error.body))) error.body = kReplacement;
}

}  // namespace alpaca::broker::core
