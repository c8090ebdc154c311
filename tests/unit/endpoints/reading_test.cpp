#include "endpoints/reading.hpp"

#include "support/answers.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace alpaca::broker::endpoints {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(ReadAdvice, SaysOfEachKindThatNothingWasChanged) {
  for (int kind = 0; kind <= static_cast<int>(ErrorKind::Aborted); ++kind) {
    Error error;
    error.kind = static_cast<ErrorKind>(kind);
    EXPECT_THAT(std::string(readAdvice(error)),
                AnyOf(StartsWith("Nothing was changed"), StartsWith("Nothing was sent")))
        << toString(error.kind);
  }
}

TEST(ReadAdvice, TellsAnUnreadableAnswerFromAnUnknownOne) {
  Error error;
  error.kind = ErrorKind::UnexpectedResponse;
  error.httpStatus = 200;
  EXPECT_THAT(std::string(readAdvice(error)), StartsWith("Nothing was changed: it is safe to read again."));
  error.httpStatus = 302;
  EXPECT_THAT(std::string(readAdvice(error)), HasSubstr("this is a redirect, and the client follows none"));
  error.httpStatus = 410;
  EXPECT_THAT(std::string(readAdvice(error)), HasSubstr("the API does not define this answer to a read"));
}

TEST(ReadAdvice, SaysWhatToCheck) {
  const auto adviceFor = [](ErrorKind kind) {
    Error error;
    error.kind = kind;
    return std::string(readAdvice(error));
  };
  EXPECT_THAT(adviceFor(ErrorKind::NotFound), HasSubstr("the environment of ClientOptions::baseUrl"));
  EXPECT_THAT(adviceFor(ErrorKind::Unauthorized), HasSubstr("the environment of ClientOptions::baseUrl"));
  EXPECT_THAT(adviceFor(ErrorKind::Forbidden), HasSubstr("when credentials are missing"));
  EXPECT_THAT(adviceFor(ErrorKind::BadRequest), HasSubstr("Check the ids, the filter"));
}

struct Unreadable {
  const char* name;
  const char* body;
  bool complete;
  const char* why;
};

class UnreadableAnswer : public ::testing::TestWithParam<Unreadable> {};

TEST_P(UnreadableAnswer, SaysWhy) {
  http::HttpResponse response = test::answer(200, GetParam().body);
  response.complete = GetParam().complete;
  const Error error = errorForUnreadable(response);
  EXPECT_EQ(error.kind, ErrorKind::UnexpectedResponse);
  EXPECT_EQ(error.message, GetParam().why);
}

INSTANTIATE_TEST_SUITE_P(
    All, UnreadableAnswer,
    ::testing::Values(Unreadable{"CutOff", R"({"id":"a)", false, "The answer was cut off."},
                      Unreadable{"CutOffHtml", "<html", false, "The answer was cut off."},
                      Unreadable{"Empty", "", true, "The answer is empty."},
                      Unreadable{"Blank", " \r\n", true, "The answer is empty."},
                      Unreadable{"Html", "\n<!doctype html>", true, "The answer is HTML or XML, not JSON."},
                      Unreadable{"OtherJson", "{}", true, "The answer does not hold what was asked for."}),
    test::kByName);

}  // namespace
}  // namespace alpaca::broker::endpoints
