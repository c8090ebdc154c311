#include "core/redactor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace alpaca::broker::core {
namespace {

TEST(Redactor, TakesOutKeySecretAndTheirBasicForm) {
  const Redactor redactor(Credentials{"PK012345", "hunter2-hunter2"});
  std::string text = "PK012345 hunter2-hunter2 Basic UEswMTIzNDU6aHVudGVyMi1odW50ZXIy, and again hunter2-hunter2";
  redactor.redact(text);
  EXPECT_EQ(text, "[redacted] [redacted] Basic [redacted], and again [redacted]");
}

TEST(Redactor, TakesOutTheProxysPassword) {
  const Redactor redactor(Credentials{"PK012345", "hunter2-hunter2"}, "proxy-password");
  std::string text = "proxy said: proxy-password";
  redactor.redact(text);
  EXPECT_EQ(text, "proxy said: [redacted]");
}

TEST(Redactor, FindsASecretThatContainsTheKey) {
  const Redactor redactor(Credentials{"abcdef", "abcdef123456"});
  std::string text = "abcdef123456";
  redactor.redact(text);
  EXPECT_EQ(text, "[redacted]");
}

TEST(Redactor, LeavesOrdinaryWordsAloneWhenTheCredentialIsAWord) {
  const Redactor redactor(Credentials{"key", "test"});
  std::string text = "a key for a test: a2V5OnRlc3Q=";
  redactor.redact(text);
  EXPECT_EQ(text, "a key for a test: [redacted]");
}

// A server that echoes the Authorization header in JSON may write each slash of it as "\\/".
TEST(Redactor, HidesABodyThatHoldsACredentialInEscapes) {
  const Redactor redactor(Credentials{"PK012345", "hunter2/hunter2"});
  for (const char* body : {R"({"message":"hunter2\/hunter2"})", R"({"message":"hunter2\u002fhunter2"})",
                           R"({"message":"\u0068unter2\u002Fhunter2"})"}) {
    Error error;
    error.body = body;
    redactor.redact(error);
    EXPECT_EQ(error.body, "[redacted]") << body;
  }
  Error harmless;
  harmless.body = R"({"message":"order is \"filled\", a\/b \u00e9 \u12 \)";
  const std::string before = harmless.body;
  redactor.redact(harmless);
  EXPECT_EQ(harmless.body, before);
}

TEST(Redactor, TakesOutWhatIsLeftOfACredentialAtTheEndOfACutText) {
  const Redactor redactor(Credentials{"PK012345", "hunter2-hunter2"});
  std::string text = "the secret is hunter2-hun";
  redactor.redact(text);
  EXPECT_EQ(text, "the secret is [redacted]");
  text = "a shorter piece tells little: hunte";
  redactor.redact(text);
  EXPECT_EQ(text, "a shorter piece tells little: hunte");
}

TEST(Redactor, CleansEveryTextOfAnError) {
  const Redactor redactor(Credentials{"PK012345", "hunter2-hunter2"});
  Error error;
  error.message = error.brokerMessage = error.body = error.call.requestId = "x hunter2-hunter2";
  redactor.redact(error);
  for (const std::string& text : {error.message, error.brokerMessage, error.body, error.call.requestId}) {
    EXPECT_EQ(text, "x [redacted]");
  }
}

}  // namespace
}  // namespace alpaca::broker::core
