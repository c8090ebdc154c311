#include "workflows/rotate_now.hpp"

#include "support/fake_transport.hpp"
#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace alpaca::broker::workflows {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Credentials kOwn{"PK012345", "hunter2-hunter2"};  // those of the fake transport's pipeline

struct Row {
  const char* name;
  std::function<Credentials()> provider;
  std::optional<ErrorKind> kind;  // none: the provider answered
  bool replaced;
  const char* explanation;
};

class RotateNowTest : public ::testing::Test {
 protected:
  Result<RotationReport> rotate(std::function<Credentials()> provider, const CallOptions& call = {}) {
    options.rotation.provider = std::move(provider);
    call::CallPipeline pipeline = test::makePipeline(log, options);
    return rotateNow(pipeline, call);
  }

  ClientOptions options;
  test::FakeTransport::Log log;
};

class RotateNow : public RotateNowTest, public ::testing::WithParamInterface<Row> {};

TEST_P(RotateNow, SaysWhatTheProviderDidAndSendsNothing) {
  const Row& row = GetParam();
  const auto result = rotate(row.provider);
  EXPECT_TRUE(log.requests.empty());
  ASSERT_EQ(bool(result), !row.kind);
  EXPECT_EQ(result.call().attempts, 0);
  if (result) {
    EXPECT_EQ(result->replaced, row.replaced);
    return;
  }
  EXPECT_EQ(result.error().kind, *row.kind);
  EXPECT_FALSE(result.error().maybeApplied);
  EXPECT_THAT(result.error().message, HasSubstr(row.explanation));
  EXPECT_THAT(result.error().message, Not(HasSubstr("hunter3")));
}

INSTANTIATE_TEST_SUITE_P(Rows, RotateNow,
                         ::testing::Values(Row{"Newer",
                                               [] {
                                                 return Credentials{"PK0002", "hunter3-hunter3"};
                                               },
                                               {},
                                               true,
                                               ""},
                                           Row{"Unchanged", [] { return kOwn; }, {}, false, ""},
                                           Row{"Throws", []() -> Credentials { throw std::runtime_error("hunter3"); },
                                               ErrorKind::NotSent, false,
                                               "The credentials were not replaced. The credentials provider threw"},
                                           Row{"Unusable",
                                               [] {
                                                 return Credentials{"", "hunter3-hunter3"};
                                               },
                                               ErrorKind::NotSent, false, "returned unusable credentials"}),
                         test::kByName);

TEST_F(RotateNowTest, IsRefusedWithoutAProvider) {
  const auto result = rotate(nullptr);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(result.error().message,
            "ClientOptions::rotation.provider is empty, so there is nothing to ask; accepted: a function that returns "
            "the credentials that are valid now. Nothing was sent.");
}

}  // namespace
}  // namespace alpaca::broker::workflows
