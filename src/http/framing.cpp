#include "http/framing.hpp"

#include "base/ascii.hpp"
#include "http/message.hpp"

#include <charconv>

namespace alpaca::broker::http {
namespace {

constexpr int kNoContent = 204;
constexpr int kNotModified = 304;

bool endsAsItShould(std::string_view line) noexcept {
  return line.size() >= 2 && line[line.size() - 2] == '\r' && line.back() == '\n';
}

// White space before the colon, or at the start of a line, is ambiguous: parsers disagree about it.
bool isName(std::string_view name) noexcept {
  // Counts to the end without a branch, which compilers make fast.
  unsigned others = 0;
  for (const char c : name) others += c <= ' ' || c > '~' ? 1U : 0U;
  return others == 0 && !name.empty();
}

}  // namespace

// A status line of HTTP/1.0 makes the end uncertain: that version may end an answer by closing the connection.
void Framing::beginBlock(std::string_view line, int status) noexcept {
  constexpr std::string_view kVersion = "HTTP/1.1 ";
  bodiless_ = status < kFirstFinalStatus || status == kNoContent || status == kNotModified;
  encoded_ = false;
  length_ = kNone;
  certain_ = certain_ && line.substr(0, kVersion.size()) == kVersion && endsAsItShould(line);
}

void Framing::addField(std::string_view line) noexcept {
  const auto colon = line.find(':');
  const std::string_view name = line.substr(0, colon);
  if (colon == std::string_view::npos || !isName(name) || !endsAsItShould(line)) {
    certain_ = false;
    return;
  }
  if (base::equalIgnoringCase(name, "Content-Length")) addLength(base::trimmed(line.substr(colon + 1)));
  if (base::equalIgnoringCase(name, "Transfer-Encoding")) addEncoding(base::trimmed(line.substr(colon + 1)));
}

void Framing::addLength(std::string_view value) noexcept {
  long long length = kNone;
  const char* const end = value.data() + value.size();
  const auto [stop, fault] = std::from_chars(value.data(), end, length);
  const bool readable = fault == std::errc() && stop == end && length >= 0;
  const bool repeated = length_ == kNone || length_ == length;
  // guard: two lengths make the end uncertain
  if (!readable || !repeated || encoded_ || (bodiless_ && length != 0)) certain_ = false;
  length_ = length;
}

void Framing::addEncoding(std::string_view value) noexcept {
  // guard: a length beside chunks makes the end uncertain
  if (bodiless_ || encoded_ || length_ != kNone || !base::equalIgnoringCase(value, "chunked")) certain_ = false;
  encoded_ = true;
}

}  // namespace alpaca::broker::http
