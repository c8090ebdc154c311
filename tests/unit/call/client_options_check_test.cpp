#include "call/client_options_check.hpp"

#include "testing/temporary_file.hpp"

#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace alpaca::broker::call {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

struct Row {
  const char* name;
  std::function<void(ClientOptions&)> spoil;
  const char* field;
  const char* fault;
  const char* accepted;
};

class UnusableOption : public ::testing::TestWithParam<Row> {};

TEST_P(UnusableOption, IsNamedWithItsFaultAndWhatIsAccepted) {
  const Row& row = GetParam();
  ClientOptions options;
  row.spoil(options);
  const auto error = validate(options);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(error->message,
              AllOf(HasSubstr(row.field), HasSubstr(row.fault), HasSubstr("; accepted: "), HasSubstr(row.accepted)));
}

INSTANTIATE_TEST_SUITE_P(
    All, UnusableOption,
    ::testing::Values(
        Row{"NegativeDeadline", [](auto& o) { o.deadline = -5ms; }, "ClientOptions::deadline", "is -5 ms",
            "1 ms to 24 h"},
        Row{"ZeroDeadline", [](auto& o) { o.deadline = 0ms; }, "ClientOptions::deadline", "is 0 ms", "1 ms to 24 h"},
        Row{"EndlessDeadline", [](auto& o) { o.deadline = std::chrono::milliseconds::max(); },
            "ClientOptions::deadline", "is 9223372036854775807 ms", "1 ms to 24 h"},
        Row{"NegativeAttemptTimeout", [](auto& o) { o.attemptTimeout = -1ms; }, "ClientOptions::attemptTimeout",
            "is -1 ms", "1 ms to 24 h"},
        Row{"ZeroConnectTimeout", [](auto& o) { o.connectTimeout = 0ms; }, "ClientOptions::connectTimeout", "is 0 ms",
            "1 ms to 24 h"},
        Row{"NoAttempts", [](auto& o) { o.retry.maxAttempts = 0; }, "ClientOptions::retry.maxAttempts", "is 0",
            "1 to 100"},
        Row{"NoBackoff", [](auto& o) { o.retry.backoffBase = 0ms; }, "ClientOptions::retry.backoffBase", "is 0 ms",
            "1 ms to 24 h"},
        Row{"NegativeBackoffCap", [](auto& o) { o.retry.backoffCap = -1ms; }, "ClientOptions::retry.backoffCap",
            "is -1 ms", "1 ms to 24 h"},
        Row{"NegativeBudget", [](auto& o) { o.retry.budget = -1; }, "ClientOptions::retry.budget", "is -1",
            "0 to 1000000"},
        Row{"NoConnections", [](auto& o) { o.maxConnections = 0; }, "ClientOptions::maxConnections", "is 0",
            "1 to 1000"},
        Row{"NegativeConnections", [](auto& o) { o.maxConnections = -3; }, "ClientOptions::maxConnections", "is -3",
            "1 to 1000"},
        Row{"TooManyConnections", [](auto& o) { o.maxConnections = 1001; }, "ClientOptions::maxConnections", "is 1001",
            "1 to 1000"},
        Row{"NoAsyncQueue", [](auto& o) { o.asyncQueueCapacity = 0; }, "ClientOptions::asyncQueueCapacity", "is 0",
            "1 to 1000000"},
        Row{"TooLongAnAsyncQueue", [](auto& o) { o.asyncQueueCapacity = 1'000'001; },
            "ClientOptions::asyncQueueCapacity", "is 1000001", "1 to 1000000"},
        Row{"NegativeKeepWarm", [](auto& o) { o.keepWarm.connections = -1; }, "ClientOptions::keepWarm.connections",
            "is -1", "0 to 16 (ClientOptions::maxConnections)"},
        Row{"MoreKeptWarmThanThereMayBe", [](auto& o) { o.keepWarm.connections = 17; },
            "ClientOptions::keepWarm.connections", "is 17", "0 to 16 (ClientOptions::maxConnections)"},
        Row{"TooShortAKeepWarmInterval", [](auto& o) { o.keepWarm.interval = 999ms; },
            "ClientOptions::keepWarm.interval", "is 999 ms", "1 s to 110 s"},
        Row{"TooLongAKeepWarmInterval", [](auto& o) { o.keepWarm.interval = 110'001ms; },
            "ClientOptions::keepWarm.interval", "is 110001 ms", "1 s to 110 s"},
        Row{"TooShortARotationInterval",
            [](auto& o) {
              o.rotation = {[] { return Credentials{"key", "secret"}; }, 999ms};
            },
            "ClientOptions::rotation.interval", "is 999 ms", "0, or 1 s to 24 h"},
        Row{"ARotationIntervalOfNobody", [](auto& o) { o.rotation.interval = 1s; }, "ClientOptions::rotation.interval",
            "is set, but ClientOptions::rotation.provider is not", "0, or both set"},
        Row{"LineBreakInUserAgent", [](auto& o) { o.userAgent = "desk\r\nX-Injected: 1"; }, "ClientOptions::userAgent",
            "not printable ASCII", "printable ASCII"},
        Row{"NulInUserAgent", [](auto& o) { o.userAgent = std::string("a\0b", 3); }, "ClientOptions::userAgent",
            "not printable ASCII", "printable ASCII"},
        Row{"EmptyHeaderName",
            [](auto& o) {
              o.extraHeaders = {{"", "x"}};
            },
            "ClientOptions::extraHeaders", "has the name \"\", which is not an HTTP token", "letters"},
        Row{"ColonInHeaderName",
            [](auto& o) {
              o.extraHeaders = {{"A:B", "x"}};
            },
            "ClientOptions::extraHeaders", "not an HTTP token", "letters"},
        Row{"LineBreakInHeaderName",
            [](auto& o) {
              o.extraHeaders = {{"A\r\nB", "x"}};
            },
            "ClientOptions::extraHeaders", "has the name \"A??B\", which is not an HTTP token", "letters"},
        Row{"LineBreakInHeaderValue", [](auto& o) { o.extraHeaders = {{"A", "x\r\nB: y"}}; },
            "ClientOptions::extraHeaders", "control character in the value of A", "one line"},
        Row{"EmptyHeaderValue", [](auto& o) { o.extraHeaders = {{"A", " "}}; }, "ClientOptions::extraHeaders",
            "empty value for A", "one line"},
        Row{"OwnAuthorization", [](auto& o) { o.extraHeaders = {{"AUTHORIZATION", "Bearer x"}}; },
            "ClientOptions::extraHeaders", "sets AUTHORIZATION", "any other header"},
        Row{"OwnContentLength", [](auto& o) { o.extraHeaders = {{"content-length", "5"}}; },
            "ClientOptions::extraHeaders", "sets content-length", "any other header"},
        Row{"OwnTransferEncoding", [](auto& o) { o.extraHeaders = {{"Transfer-Encoding", "chunked"}}; },
            "ClientOptions::extraHeaders", "sets Transfer-Encoding", "any other header"},
        Row{"MissingCaFile", [](auto& o) { o.tls.caFile = "/nowhere/ca.pem"; }, "ClientOptions::tls.caFile",
            "\"/nowhere/ca.pem\" cannot be read", "PEM"},
        Row{"FolderAsCaFile", [](auto& o) { o.tls.caFile = "/"; }, "ClientOptions::tls.caFile", "is not a regular file",
            "2 MiB"},
        Row{"NulInCaFile", [](auto& o) { o.tls.caFile = std::string("a\0b", 3); }, "ClientOptions::tls.caFile",
            "holds a NUL", "PEM"},
        Row{"DeviceAsCaFile", [](auto& o) { o.tls.caFile = "/dev/null"; }, "ClientOptions::tls.caFile",
            "is not a regular file", "2 MiB"}),
    test::kByName);

TEST(ClientOptionsCheck, FindsNothingWrongWithTheDefaults) { EXPECT_FALSE(validate(ClientOptions{})); }

TEST(ClientOptionsCheck, AcceptsTheBounds) {
  ClientOptions options;
  options.deadline = 1ms;
  options.attemptTimeout = 24h;
  options.maxConnections = 1000;
  options.asyncQueueCapacity = 1'000'000;
  options.keepWarm = {1000, 1s};
  options.rotation = {[] { return Credentials{"key", "secret"}; }, 1s};
  options.retry.maxAttempts = 100;
  options.userAgent = "desk/2.1 (linux)";
  options.extraHeaders = {{"X-Desk", "caf\xC3\xA9"}};
  EXPECT_FALSE(validate(options));
}

TEST(ClientOptionsCheck, RefusesACaFileWithoutACertificate) {
  const testing::TemporaryFile file("nothing to trust");
  ClientOptions options;
  options.tls.caFile = file.path();
  const auto error = validate(options);
  ASSERT_TRUE(error);
  EXPECT_THAT(error->message,
              ::testing::HasSubstr("ClientOptions::tls.caFile \"" + file.path() + "\" holds no PEM certificate"));
}

TEST(ClientOptionsCheck, AcceptsACaFileWithACertificateInIt) {
  const testing::TemporaryFile file("# a comment\n-----BEGIN CERTIFICATE-----\n...\n");
  ClientOptions options;
  options.tls.caFile = file.path();
  EXPECT_FALSE(validate(options));
}

}  // namespace
}  // namespace alpaca::broker::call
