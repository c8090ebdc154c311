#include "http/response_capture.hpp"

#include "call/response_headers.hpp"

#include "support/row_name.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace alpaca::broker::http {
namespace {

std::optional<HttpResponse> capture(const std::vector<std::string>& lines) {
  ResponseCapture capture;
  for (const std::string& line : lines) EXPECT_TRUE(capture.addHeaderLine(line));
  return capture.take();
}

TEST(ResponseCapture, KnowsTheAnswerFromItsStatusLineOn) {
  const auto response = capture({"HTTP/1.1 204 No Content\r\n"});
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 204);
}

TEST(ResponseCapture, KeepsHeadersAndBody) {
  ResponseCapture capture;
  capture.addHeaderLine("HTTP/1.1 404 Not Found\r\n");
  capture.addHeaderLine("X-Request-ID: abc\r\n");
  capture.addHeaderLine("\r\n");
  EXPECT_TRUE(capture.addBody("{}"));
  EXPECT_TRUE(capture.addBody(" "));
  const auto response = capture.take();
  ASSERT_TRUE(response);
  EXPECT_EQ(call::readHeaders(*response).requestId, "abc");
  EXPECT_EQ(response->body, "{} ");
}

struct Row {
  const char* name;
  const char* line;
  int status;  // 0: not an answer
};

class StatusLine : public ::testing::TestWithParam<Row> {};

TEST_P(StatusLine, IsReadStrictly) {
  const auto response = capture({GetParam().line});
  EXPECT_EQ(response ? response->status : 0, GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
    All, StatusLine,
    ::testing::Values(Row{"Http11", "HTTP/1.1 200 OK\r\n", 200}, Row{"Http10", "HTTP/1.0 503 Unavailable\r\n", 503},
                      Row{"Http2", "HTTP/2 204 \r\n", 204}, Row{"NoReason", "HTTP/1.1 204\r\n", 204},
                      Row{"NoLineEnd", "HTTP/1.1 204", 204}, Row{"Continue", "HTTP/1.1 100 Continue\r\n", 0},
                      Row{"SwitchingProtocols", "HTTP/1.1 101 Switching\r\n", 0},
                      Row{"Early", "HTTP/1.1 103 Early Hints\r\n", 0}, Row{"TwoDigits", "HTTP/1.1 20\r\n", 0},
                      Row{"FourDigits", "HTTP/1.1 2040 X\r\n", 0}, Row{"Letters", "HTTP/1.1 2o4 X\r\n", 0},
                      Row{"Negative", "HTTP/1.1 -04 X\r\n", 0}, Row{"NoStatus", "HTTP/1.1\r\n", 0},
                      Row{"OtherProtocol", "ICY 200 OK\r\n", 0}, Row{"LowerCase", "http/1.1 204 X\r\n", 0},
                      Row{"Empty", "\r\n", 0}, Row{"Large", "HTTP/1.1 999 X\r\n", 999}),
    test::kByName);

TEST(ResponseCapture, ForgetsTheHeadersOfInterimResponses) {
  const auto response = capture({"HTTP/1.1 103 Early Hints\r\n", "X-Request-ID: interim\r\n", "\r\n",
                                 "HTTP/1.1 204 No Content\r\n", "Date: x\r\n", "\r\n"});
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 204);
  EXPECT_EQ(call::readHeaders(*response).requestId, "");
}

TEST(ResponseCapture, TakesNoSecondStatusFromWithinAnAnswer) {
  const auto response =
      capture({"HTTP/1.1 422 No\r\n", "HTTP/1.1 204 No Content\r\n", "\r\n", "HTTP/1.1 204 No Content\r\n"});
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 422);
}

TEST(ResponseCapture, HasNoAnswerAfterInterimResponsesOnly) {
  EXPECT_FALSE(capture({"HTTP/1.1 100 Continue\r\n", "\r\n"}));
  EXPECT_FALSE(capture({}));
}

TEST(ResponseCapture, StopsAt64KiBOfHeadersOverAllBlocks) {
  ResponseCapture capture;
  std::size_t taken = 0;
  while (capture.addHeaderLine("HTTP/1.1 100 Continue\r\n") && capture.addHeaderLine("\r\n")) ++taken;
  EXPECT_GT(taken, 2000U);
  EXPECT_LT(taken, 3000U);
}

TEST(ResponseCapture, KeepsTheStatusWhenTheHeadersAreTooLong) {
  ResponseCapture capture;
  capture.addHeaderLine("HTTP/1.1 503 Unavailable\r\n");
  EXPECT_FALSE(capture.addHeaderLine(std::string(ResponseCapture::kMaxHeaderBytes, 'x')));
  EXPECT_EQ(capture.take()->status, 503);
}

TEST(ResponseCapture, KeepsTheFirst64KiBOfABody) {
  ResponseCapture capture;
  capture.addHeaderLine("HTTP/1.1 500 X\r\n");
  EXPECT_TRUE(capture.addBody(std::string(kSmallBody, 'a')));
  EXPECT_FALSE(capture.addBody("b"));
  EXPECT_EQ(capture.take()->body, std::string(kSmallBody, 'a'));
}

TEST(ResponseCapture, StartsAnewAfterATake) {
  ResponseCapture capture;
  capture.addHeaderLine("HTTP/1.1 204 No Content\r\n");
  EXPECT_TRUE(capture.take());
  EXPECT_FALSE(capture.take());
  capture.addHeaderLine("HTTP/1.1 404 Not Found\r\n");
  EXPECT_EQ(capture.take()->status, 404);
}

}  // namespace
}  // namespace alpaca::broker::http
