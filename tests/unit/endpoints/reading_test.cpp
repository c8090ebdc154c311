#include "endpoints/reading.hpp"

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
  EXPECT_THAT(std::string(readAdvice(error)), StartsWith("But the answer does not hold what was asked for."));
  error.httpStatus = 302;
  EXPECT_THAT(std::string(readAdvice(error)), HasSubstr("this is a redirect, and the client follows none"));
  error.httpStatus = 410;
  EXPECT_THAT(std::string(readAdvice(error)), HasSubstr("the API does not define this answer to a read"));
}

}  // namespace
}  // namespace alpaca::broker::endpoints
