// An input is a response as it comes over the wire. Its lines and pieces of its body pass through all code between
// libcurl's callbacks and the result of a cancel.
#include "fuzz/fuzz_target.hpp"

#include "call/response_headers.hpp"
#include "call/status_table.hpp"
#include "credentials/redactor.hpp"
#include "endpoints/cancel_order.hpp"
#include "http/response_capture.hpp"

#include <chrono>
#include <string>

namespace alpaca::broker::fuzz {
namespace {

using http::HttpResponse;
using http::ResponseCapture;

constexpr std::size_t kMaxBytes = 65'536;

// Passes on the head as libcurl does: whole lines, until the empty line that ends the last block.
// @return the rest, which is the body; empty when the capture aborted.
std::optional<std::string_view> feedHead(ResponseCapture& capture, std::string_view text) {
  bool interim = false;
  bool atStatusLine = true;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end == std::string_view::npos ? end : end + 1);
    if (!capture.addHeaderLine(line)) return std::nullopt;
    text.remove_prefix(line.size());
    if (atStatusLine) {
      interim = contains(line.substr(0, 12), " 1");
      atStatusLine = false;
    } else if (line == "\n" || line == "\r\n") {
      if (!interim) return text;
      atStatusLine = true;
    }
  }
  return text;
}

// Passes on the body in pieces of many sizes. The first byte of each piece gives its length.
void feedBody(ResponseCapture& capture, std::string_view body) {
  while (!body.empty()) {
    const std::size_t size = std::size_t{1} + static_cast<unsigned char>(body.front()) * std::size_t{17};
    const std::string_view piece = body.substr(0, size);
    if (!capture.addBody(piece)) return;
    body.remove_prefix(piece.size());
  }
}

std::optional<HttpResponse> captured(std::string_view input) {
  ResponseCapture capture;
  const auto body = feedHead(capture, input);
  if (body) feedBody(capture, *body);
  auto response = capture.take();
  require(!capture.take(), "an answer is taken once");
  if (response) {
    require(response->status >= 200 && response->status <= 999, "an answer has a final status");
    require(response->headers.size() <= kMaxBytes, "the headers are bounded");
    require(response->body.size() <= kMaxBytes, "the body is bounded");
    require(response->body.empty() || (body && body->substr(0, response->body.size()) == response->body),
            "the body is kept as it came");
  }
  return response;
}

void checkFacts(const HttpResponse& response) {
  std::string id = call::readHeaders(response).requestId;
  call::makePrintable(id);
  require(id.size() <= 256 + std::string_view("... (cut)").size() && isOnePrintableLine(id),
          "a request id can be logged");
  if (const auto wait = call::readHeaders(response).retryAfter) {
    require(wait->count() >= 0 && *wait <= std::chrono::hours(24 * 365),
            "a wait is neither negative nor absurdly long");
  }
  if (const auto limit = call::readHeaders(response).rateLimit) {
    require(limit->limit >= 0 && limit->remaining >= 0, "nothing negative can be sent");
    require(limit->resetAt.time_since_epoch().count() >= 0, "a window does not start before 1970");
  }
}

// The README's outcome table, written independently.
ErrorKind kindOf(int status) {
  switch (status) {
    case 400:
      return ErrorKind::BadRequest;
    case 401:
      return ErrorKind::Unauthorized;
    case 403:
      return ErrorKind::Forbidden;
    case 404:
      return ErrorKind::NotFound;
    case 408:
    case 425:
      return ErrorKind::ServerError;
    case 422:
      return ErrorKind::NotCancelable;
    case 429:
      return ErrorKind::RateLimited;
    default:
      return status / 100 == 5 ? ErrorKind::ServerError : ErrorKind::UnexpectedResponse;
  }
}

void checkError(const Error& error, const HttpResponse& response) {
  require(error.kind == kindOf(response.status), "the kind follows from the status");
  require(error.maybeApplied == (response.status / 100 != 4), "only a 4xx means that nothing was done");
  require(error.httpStatus == response.status, "the status is reported");
  require(error.body == response.body, "the body is reported unchanged");
  require(error.brokerMessage.size() <= response.body.size(), "the broker's message is bounded");
  const std::string sentence = call::describeAnswer(error);
  require(!sentence.empty() && sentence.size() < 400, "what was answered is said in a sentence");
  require(isOnePrintableLine(sentence), "the sentence is one printable line");
  const std::string_view advice = endpoints::cancel_order::advice(error);
  require(!advice.empty() && isOnePrintableLine(advice), "there is advice");
}

void checkNoCredentialIn(const std::string& text) {
  for (const char* secret : {"fuzz-api-key", "fuzz-api-secret", "ZnV6ei1hcGkta2V5OmZ1enotYXBpLXNlY3JldA=="}) {
    require(!contains(text, secret), "no text holds a credential");
  }
}

void checkRedaction(Error error) {
  static const credentials::Redactor kRedactor{Credentials{"fuzz-api-key", "fuzz-api-secret"}};
  kRedactor.redact(error);
  checkNoCredentialIn(call::describeAnswer(error));
  checkNoCredentialIn(error.brokerMessage);
  checkNoCredentialIn(error.body);
}

}  // namespace

void check(std::string_view input) {
  const auto response = captured(input);
  if (!response) return;
  checkFacts(*response);
  const auto result = endpoints::cancel_order::response(*response);
  require(static_cast<bool>(result) == (response->status == 204), "204 and nothing else is acceptance");
  if (result) return;
  checkError(result.error(), *response);
  checkRedaction(result.error());
}

}  // namespace alpaca::broker::fuzz
