// Longer than 200 lines: the search, and every text of an answer that it is applied to.
#include "credentials/redactor.hpp"

#include "base/base64.hpp"
#include "base/wipe.hpp"
#include "credentials/decoded_text.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace alpaca::broker::credentials {
namespace {

constexpr std::string_view kReplacement = "[redacted]";
constexpr std::size_t kMinSecret = 6;
// guard: nested escapes are decoded
constexpr int kNestedEscapes = 3;

// Returns the text with all spans replaced. Overlapping spans are merged: replacing them one by one would leave a piece
// of the second.
template <class Spans>
std::string replaced(std::string_view text, Spans spans) {
  std::sort(spans.begin(), spans.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  std::string clean;
  std::size_t done = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    auto span = spans[i];
    // guard: overlapping credentials are removed as one
    while (i + 1 < spans.size() && spans[i + 1].begin < span.end) span.end = std::max(span.end, spans[++i].end);
    clean.append(text.substr(done, span.begin - done)).append(kReplacement);
    done = span.end;
  }
  return clean.append(text.substr(done));
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

Redactor::~Redactor() {
  for (Needle& needle : needles_) base::wipe(needle.text);
}

// Reports every credential in the text. @return true when the text may contain escapes
template <class Report>
bool Redactor::search(std::string_view text, Report report) const {
  bool hasEscapes = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    hasEscapes = hasEscapes || beginsEscape(text[at]);
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
  return hasEscapes;
}

std::vector<Redactor::Span> Redactor::spansIn(std::string_view text) const {
  std::vector<Span> found;
  for (const Redactor* other : others_) {
    const std::vector<Span> more = other->spansIn(text);
    found.insert(found.end(), more.begin(), more.end());
  }
  if (needles_.empty() || text.size() < kMinSecret) return found;
  if (!search(text, [&](std::size_t begin, std::size_t end) { found.push_back({begin, end}); })) return found;
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
  const std::vector<Span> found = spansIn(text);
  if (found.empty()) return;
  std::string clean = replaced(text, found);
  text.swap(clean);
  base::wipe(clean);
}

template <class Word>
void Redactor::redactWord(Word& word) const {
  if (const std::vector<Span> found = spansIn(word.str()); !found.empty()) word = Word(replaced(word.str(), found));
}

void Redactor::redact(Error& error) const {
  redact(error.message);
  redact(error.brokerMessage);
  redact(error.body);
  redact(error.call.requestId);
}

// An id consists of characters that a key can consist of, too.
void Redactor::redactIds(Order& order) const {
  // guard: no id is a credential
  if (!spansIn(order.id.str()).empty()) {
    order.id = OrderId::nil();
    order.unreadable.push_back({"id", std::string(kReplacement)});
  }
  for (auto [id, name] : {std::pair(&order.replacedBy, "replaced_by"), std::pair(&order.replaces, "replaces")}) {
    if (!*id || spansIn((*id)->str()).empty()) continue;
    id->reset();
    order.unreadable.push_back({name, std::string(kReplacement)});
  }
}

void Redactor::redact(Order& order) const {
  redactIds(order);
  for (std::string* text : {&order.symbol, &order.clientOrderId, &order.assetId, &order.assetClass}) redact(*text);
  redactWord(order.status);
  redactWord(order.side);
  redactWord(order.type);
  redactWord(order.orderClass);
  redactWord(order.timeInForce);
  redactWord(order.positionIntent);
  redactWord(order.filledQty);
  for (auto* number : {&order.qty, &order.notional, &order.filledAvgPrice, &order.limitPrice, &order.stopPrice,
                       &order.trailPrice, &order.trailPercent, &order.hwm, &order.commission}) {
    if (*number) redactWord(**number);
  }
  for (auto* time : {&order.createdAt, &order.updatedAt, &order.submittedAt, &order.filledAt, &order.expiredAt,
                     &order.canceledAt, &order.cancelRequestedAt, &order.failedAt, &order.replacedAt}) {
    if (*time) redact((*time)->text);
  }
  for (UnreadableField& field : order.unreadable) redact(field.text);
  redact(order.legs);
}

void Redactor::redact(std::vector<Order>& orders) const {
  for (Order& order : orders) redact(order);
}

void Redactor::redact(CancelAllReport& report) const {
  for (CancelAllEntry& entry : report.entries) {
    if (!spansIn(entry.orderId.str()).empty()) entry.orderId = OrderId::nil();
    if (entry.after) redact(*entry.after);
    if (entry.error) redact(*entry.error);
  }
}

}  // namespace alpaca::broker::credentials
