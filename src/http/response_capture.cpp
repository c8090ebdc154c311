#include "http/response_capture.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <utility>

namespace alpaca::broker::http {
namespace {

// Reads the status from a status line: "HTTP/1.1 204 No Content" gives 204. Returns 0 for any other line.
int statusOf(std::string_view line) noexcept {
  constexpr std::string_view kPrefix = "HTTP/";
  if (line.substr(0, kPrefix.size()) != kPrefix) return 0;
  const auto space = line.find(' ');
  if (space == std::string_view::npos) return 0;
  const std::string_view code = line.substr(space + 1, 3);
  if (code.size() != 3 || !std::all_of(code.begin(), code.end(), base::isDigit)) return 0;
  const std::string_view rest = line.substr(space + 4);
  if (!rest.empty() && rest.front() != ' ' && rest.front() != '\r' && rest.front() != '\n') return 0;
  return (code[0] - '0') * 100 + (code[1] - '0') * 10 + (code[2] - '0');
}

}  // namespace

void ResponseCapture::restart(std::size_t maxBodyBytes) noexcept {
  maxBodyBytes_ = maxBodyBytes;
  status_ = 0;
  expectStatusLine_ = true;
  headerBytes_ = 0;
  framing_.restart();
  headers_.clear();
  body_.clear();
}

bool ResponseCapture::addHeaderLine(std::string_view line) {
  headerBytes_ += line.size();
  // guard: the headers are capped
  if (headerBytes_ > kMaxHeaderBytes) return false;
  if (expectStatusLine_) {
    status_ = statusOf(line);
    framing_.beginBlock(line, status_);
    // guard: interim headers are forgotten
    headers_.clear();  // the headers of a 1xx are not part of the answer
    expectStatusLine_ = false;
  } else if (base::trimmed(line).empty()) {
    expectStatusLine_ = status_ < kFirstFinalStatus;  // after a 1xx the final status is still to come
  } else {
    framing_.addField(line);
    headers_.append(line);
  }
  return true;
}

bool ResponseCapture::addBody(std::string_view piece) {
  const std::size_t room = maxBodyBytes_ - body_.size();
  // guard: the body is capped
  body_.append(piece.substr(0, room));
  return piece.size() <= room;
}

std::optional<HttpResponse> ResponseCapture::take() {
  std::optional<HttpResponse> response;
  if (status_ >= kFirstFinalStatus) {
    response = HttpResponse{status_, std::move(headers_), std::move(body_), std::chrono::system_clock::now()};
  }
  restart(maxBodyBytes_);
  return response;
}

}  // namespace alpaca::broker::http
