#include "credentials/redactor.hpp"

#include "base/base64.hpp"
#include "base/wipe.hpp"
#include "credentials/decoded_text.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace alpaca::broker::credentials {
namespace {

constexpr std::string_view kReplacement = "[redacted]";
constexpr std::size_t kMinSecret = 6;
// guard: escapes within escapes are read
constexpr int kNestedEscapes = 3;

// Replaces all spans. Overlapping spans are merged: replacing them one by one would leave a piece of the second.
template <class Spans>
void replace(std::string& text, Spans spans) {
  std::sort(spans.begin(), spans.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  std::string clean;
  std::size_t done = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    auto span = spans[i];
    // guard: no credentials break up others before they are taken out
    while (i + 1 < spans.size() && spans[i + 1].begin < span.end) span.end = std::max(span.end, spans[++i].end);
    clean.append(text, done, span.begin - done).append(kReplacement);
    done = span.end;
  }
  clean.append(text, done);
  text.swap(clean);
  base::wipe(clean);
}

// Maps the URL-safe Base64 alphabet to the standard one.
constexpr char folded(char c, bool isBase64) noexcept {
  // guard: credentials in either Base64 alphabet are found
  if (isBase64 && c == '-') return '+';
  return isBase64 && c == '_' ? '/' : c;
}

constexpr bool beginsEscape(char c) noexcept { return c == '\\' || c == '%' || c == '&'; }

// How many characters of the needle the text begins with.
std::size_t matchedAt(std::string_view text, std::string_view needle, bool isBase64) noexcept {
  const std::size_t most = std::min(text.size(), needle.size());
  std::size_t length = 0;
  while (length < most && folded(text[length], isBase64) == needle[length]) ++length;
  return length;
}

// True when a cut may hide the rest of a secret. A cut text can end within a secret, or within an escape of the
// secret's next character.
bool isCutBehind(std::string_view rest) noexcept {
  constexpr std::size_t kMaxEscape = 18;
  char character = '\0';
  return rest.empty() ||
         (rest.size() < kMaxEscape && beginsEscape(rest.front()) && readAnyEscape(rest, character) == 0);
}

}  // namespace

Redactor::Redactor(const Credentials& credentials, const std::string& proxyPassword) {
  needles_.reserve(7);  // NOLINT(readability-magic-numbers): growing would leave copies behind
  std::string user = credentials.key() + ":" + credentials.secret();
  addBase64(user);
  base::wipe(user);
  for (const std::string* secret : {&credentials.secret(), &credentials.key(), &proxyPassword}) {
    if (secret->size() < kMinSecret) continue;
    add(*secret, false);
    addBase64(*secret);
  }
}

void Redactor::addBase64(const std::string& secret) {
  std::string text = base::base64(secret);
  while (!text.empty() && text.back() == '=') text.pop_back();
  add(text, true);
  base::wipe(text);
}

void Redactor::add(const std::string& text, bool isBase64) {
  if (text.size() < kMinSecret) return;
  needles_.push_back({text, isBase64});
  for (std::size_t byte = 0; byte < begins_.size(); ++byte) {
    if (folded(static_cast<char>(byte), isBase64) == text.front()) begins_[byte] = true;
  }
}

void Redactor::add(const Redactor& other) {
  std::vector<Needle> both;
  both.reserve(needles_.size() + other.needles_.size());  // growing would leave copies behind
  both.insert(both.end(), needles_.begin(), needles_.end());
  both.insert(both.end(), other.needles_.begin(), other.needles_.end());
  needles_.swap(both);
  for (Needle& needle : both) base::wipe(needle.text);
  for (std::size_t byte = 0; byte < begins_.size(); ++byte) begins_[byte] = begins_[byte] || other.begins_[byte];
}

Redactor::~Redactor() {
  for (Needle& needle : needles_) base::wipe(needle.text);
}

template <class Report>
void Redactor::search(std::string_view text, Report report) const {
  for (std::size_t at = 0; at + kMinSecret <= text.size(); ++at) {
    if (!begins_[static_cast<unsigned char>(text[at])]) continue;
    for (const Needle& needle : needles_) {
      const std::size_t length = matchedAt(text.substr(at), needle.text, needle.isBase64);
      if (length < kMinSecret) continue;
      std::size_t end = at + length;
      if (length == needle.text.size()) {
        while (needle.isBase64 && end < text.size() && text[end] == '=') ++end;
        report(at, end);
      } else if (isCutBehind(text.substr(end))) {
        report(at, text.size());
      }
    }
  }
}

std::vector<Redactor::Span> Redactor::spansIn(std::string_view text) const {
  std::vector<Span> found;
  search(text, [&](std::size_t begin, std::size_t end) { found.push_back({begin, end}); });
  if (needles_.empty() || text.size() < kMinSecret || std::none_of(text.begin(), text.end(), beginsEscape)) {
    return found;
  }
  const auto searchDecoded = [&](const DecodedText& decoded) {
    search(decoded.str(), [&](std::size_t begin, std::size_t end) {
      found.push_back({decoded.sourceOf(begin), decoded.sourceOf(end)});
    });
  };
  // First each kind of escape alone, for a secret that itself looks like an escape of another kind.
  for (const auto reader : {readJsonEscape, readPercentEscape, readHtmlEscape}) {
    DecodedText decoded(text);
    // guard: credentials in escapes are found
    if (decoded.decode(reader)) searchDecoded(decoded);
  }
  // Then all kinds together, in several rounds for nested escapes: JSON writes the ampersand of "&#47;" as "\u0026".
  DecodedText decoded(text);
  for (int round = 0; round < kNestedEscapes && decoded.decode(readAnyEscape); ++round) searchDecoded(decoded);
  return found;
}

void Redactor::redact(std::string& text) const {
  std::vector<Span> found = spansIn(text);
  if (!found.empty()) replace(text, std::move(found));
}

void Redactor::redact(Error& error) const {
  redact(error.message);
  redact(error.brokerMessage);
  redact(error.body);
  redact(error.call.requestId);
}

// For values that are made from a text and keep it.
template <class Text>
void Redactor::redactText(Text& value) const {
  if (spansIn(value.str()).empty()) return;
  std::string text = value.str();
  redact(text);
  value = Text(std::move(text));
}

void Redactor::redact(Order& order) const {
  for (std::string* text : {&order.symbol, &order.clientOrderId, &order.assetId, &order.assetClass}) redact(*text);
  redactText(order.status);
  redactText(order.side);
  redactText(order.type);
  redactText(order.orderClass);
  redactText(order.timeInForce);
  redactText(order.positionIntent);
  redactText(order.filledQty);
  for (auto* number : {&order.qty, &order.notional, &order.filledAvgPrice, &order.limitPrice, &order.stopPrice,
                       &order.trailPrice, &order.trailPercent, &order.hwm, &order.commission}) {
    if (*number) redactText(**number);
  }
  // A readable time contains nothing but the time.
  for (auto* time : {&order.createdAt, &order.updatedAt, &order.submittedAt, &order.filledAt, &order.expiredAt,
                     &order.canceledAt, &order.cancelRequestedAt, &order.failedAt, &order.replacedAt}) {
    if (*time && !(*time)->readable) redact((*time)->text);
  }
  for (UnreadableField& field : order.unreadable) redact(field.text);
  redact(order.legs);
}

void Redactor::redact(std::vector<Order>& orders) const {
  for (Order& order : orders) redact(order);
}

void Redactor::redact(CancelAllReport& report) const {
  for (CancelAllEntry& entry : report.entries) {
    if (entry.after) redact(*entry.after);
    if (entry.error) redact(*entry.error);
  }
}

}  // namespace alpaca::broker::credentials
