#include "core/redactor.hpp"

#include "core/wipe.hpp"

#include <algorithm>
#include <string_view>

namespace alpaca::broker::core {
namespace {

constexpr std::string_view kReplacement = "[redacted]";
constexpr std::size_t kShortestSecret = 6;

}  // namespace

std::string base64(const std::string& bytes) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byteAt = [&](std::size_t j) -> unsigned {
      return j < bytes.size() ? static_cast<unsigned char>(bytes[j]) : 0U;
    };
    const unsigned group = byteAt(i) << 16U | byteAt(i + 1) << 8U | byteAt(i + 2);
    text += kAlphabet[group >> 18U & 63U];
    text += kAlphabet[group >> 12U & 63U];
    text += i + 1 < bytes.size() ? kAlphabet[group >> 6U & 63U] : '=';
    text += i + 2 < bytes.size() ? kAlphabet[group & 63U] : '=';
  }
  return text;
}

Redactor::Redactor(const Credentials& credentials, const std::string& proxyPassword)
    : secrets_{base64(credentials.key() + ":" + credentials.secret()), credentials.secret(), credentials.key(),
               proxyPassword} {
  secrets_.erase(std::remove_if(secrets_.begin(), secrets_.end(),
                                [](const std::string& secret) { return secret.size() < kShortestSecret; }),
                 secrets_.end());
  // Longest first: a secret that is part of another must not break it up before it is found.
  std::sort(secrets_.begin(), secrets_.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

Redactor::~Redactor() {
  for (std::string& secret : secrets_) wipe(secret);
}

void Redactor::redact(std::string& text) const {
  for (const std::string& secret : secrets_) {
    for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at + kReplacement.size())) {
      text.replace(at, secret.size(), kReplacement);
    }
  }
}

void Redactor::redact(Error& error) const {
  redact(error.message);
  redact(error.brokerMessage);
  redact(error.body);
  redact(error.call.requestId);
}

}  // namespace alpaca::broker::core
