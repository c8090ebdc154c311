#include "call/error_body.hpp"

#include "support/row_name.hpp"

#include <gtest/gtest.h>

#include <string>

namespace alpaca::broker::call {
namespace {

struct Row {
  const char* name;
  std::string body;
  std::optional<std::int64_t> code;
  std::string message;
};

class ErrorBodyOf : public ::testing::TestWithParam<Row> {};

TEST_P(ErrorBodyOf, IsReadTolerantly) {
  const Row& row = GetParam();
  const ErrorBody body = readErrorBody(row.body);
  EXPECT_EQ(body.code, row.code);
  EXPECT_EQ(body.message, row.message);
}

std::string nested(std::size_t depth, const std::string& middle) {
  return std::string(depth, '[') + middle + std::string(depth, ']');
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, ErrorBodyOf,
    ::testing::Values(
        Row{"CodeAndMessage", R"({"code":42210000,"message":"filled"})", 42210000, "filled"},
        Row{"OtherOrder", R"({"message":"filled","code":42210000})", 42210000, "filled"},
        Row{"UnknownFields", R"({"x":{"code":1,"message":"no"},"code":2,"y":[{"code":3}],"message":"m","z":null})", 2,
            "m"},
        Row{"NoCode", R"({"message":"unauthorized"})", std::nullopt, "unauthorized"},
        Row{"NoMessage", R"({"code":40110000})", 40110000, ""},
        Row{"NullCode", R"({"code":null,"message":"m"})", std::nullopt, "m"},
        Row{"NullMessage", R"({"code":1,"message":null})", 1, ""},
        Row{"StringCode", R"({"code":"40110000","message":"m"})", 40110000, "m"},
        Row{"NegativeStringCode", R"({"code":"-5"})", -5, ""},
        Row{"WordCode", R"({"code":"forbidden","message":"m"})", std::nullopt, "m"},
        Row{"HalfNumberCode", R"({"code":"40x","message":"m"})", std::nullopt, "m"},
        Row{"EmptyStringCode", R"({"code":"","message":"m"})", std::nullopt, "m"},
        Row{"IntegralFloatCode", R"({"code":4.011e7,"message":"m"})", 40110000, "m"},
        Row{"FloatWithZeroCode", R"({"code":40110000.0})", 40110000, ""},
        Row{"FractionCode", R"({"code":40110000.5,"message":"m"})", std::nullopt, "m"},
        Row{"HugeFloatCode", R"({"code":1e300,"message":"m"})", std::nullopt, "m"},
        Row{"HugeCode", R"({"code":99999999999999999999999999,"message":"m"})", std::nullopt, "m"},
        Row{"UnsignedCodeBeyondInt64", R"({"code":18446744073709551615,"message":"m"})", std::nullopt, "m"},
        Row{"LargestCode", R"({"code":9223372036854775807})", INT64_MAX, ""},
        Row{"NegativeCode", R"({"code":-1})", -1, ""},
        Row{"TrueCode", R"({"code":true,"message":"m"})", std::nullopt, "m"},
        Row{"ObjectCode", R"({"code":{"code":5},"message":"m"})", std::nullopt, "m"},
        Row{"ArrayMessage", R"({"code":5,"message":["m"]})", 5, ""},
        Row{"NumberMessage", R"({"code":5,"message":6})", 5, ""},
        Row{"BareString", R"("forbidden.")", std::nullopt, "forbidden."}, Row{"BareNumber", "42", std::nullopt, ""},
        Row{"BareNull", "null", std::nullopt, ""}, Row{"Array", R"([{"code":1,"message":"m"}])", std::nullopt, ""},
        Row{"Empty", "", std::nullopt, ""}, Row{"WhiteSpace", " \r\n", std::nullopt, ""},
        Row{"Html", "<html><h1>502 Bad Gateway</h1></html>", std::nullopt, ""},
        Row{"CutInTheMessage", R"({"code":42210000,"message":"order is al)", std::nullopt, ""},
        Row{"CutBeforeTheBrace", R"({"code":42210000,"message":"m")", std::nullopt, ""},
        Row{"CutString", R"("forbidd)", std::nullopt, ""},
        Row{"SomethingBehind", R"({"code":1,"message":"m"}{"code":2})", std::nullopt, ""},
        Row{"InvalidUtf8", "{\"code\":1,\"message\":\"\xff\xfe\"}", std::nullopt, ""},
        Row{"Utf8", "{\"code\":1,\"message\":\"caf\xC3\xA9\"}", 1, "caf\xC3\xA9"},
        Row{"ByteOrderMark", "\xEF\xBB\xBF{\"code\":1,\"message\":\"m\"}", 1, "m"},
        Row{"NulInside", std::string("{\"code\":1\0}", 11), std::nullopt, ""},
        Row{"DeepArrays", nested(32'768, ""), std::nullopt, ""},
        Row{"DeepAndCut", std::string(65'536, '['), std::nullopt, ""},
        Row{"DeepInsideOfAnError", "{\"code\":7,\"details\":" + nested(32'000, "1") + ",\"message\":\"m\"}", 7, "m"}),
    test::kByName);

TEST(ErrorBody, OfDeeplyNestedObjectsIsReadWithoutRecursion) {
  std::string body;
  for (int i = 0; i < 10'000; ++i) body += "{\"a\":";
  body += "1" + std::string(10'000, '}');
  EXPECT_EQ(readErrorBody(body).code, std::nullopt);
}

}  // namespace
}  // namespace alpaca::broker::call
