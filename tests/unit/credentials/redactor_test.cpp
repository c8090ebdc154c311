#include "credentials/redactor.hpp"

#include "support/row_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace alpaca::broker::credentials {
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

struct Disguise {
  const char* name;
  const char* text;
  const char* clean = "<[redacted]>";
};

class RedactorOf : public ::testing::TestWithParam<Disguise> {};

// The key is "PK+12345", the secret "s3/cr+t?>&~x\"y".
TEST_P(RedactorOf, FindsACredentialInDisguise) {
  const Redactor redactor(Credentials{"PK+12345", "s3/cr+t?>&~x\"y"});
  std::string text = GetParam().text;
  redactor.redact(text);
  EXPECT_EQ(text, GetParam().clean);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RedactorOf,
    ::testing::Values(
        Disguise{"Plain", "<s3/cr+t?>&~x\"y>"}, Disguise{"Basic", "<UEsrMTIzNDU6czMvY3IrdD8+Jn54Ink=>"},
        Disguise{"BasicUnpadded", "<UEsrMTIzNDU6czMvY3IrdD8+Jn54Ink>"},
        Disguise{"BasicUrlSafe", "<UEsrMTIzNDU6czMvY3IrdD8-Jn54Ink>"},
        Disguise{"BasicUrlSafePadded", "<UEsrMTIzNDU6czMvY3IrdD8-Jn54Ink=>"},
        Disguise{"BasicPercentEncoded", "<UEsrMTIzNDU6czMvY3IrdD8%2BJn54Ink%3D>"},
        Disguise{"BasicInJson", R"(<UEsrMTIzNDU6czMvY3IrdD8\u002bJn54Ink\u003d>)"},
        Disguise{"BasicInHtml", "<UEsrMTIzNDU6czMvY3IrdD8&plus;Jn54Ink&equals;>"},
        Disguise{"KeyInBase64", "<UEsrMTIzNDU=>"}, Disguise{"KeyInBase64Unpadded", "<UEsrMTIzNDU>"},
        Disguise{"SecretInBase64", "<czMvY3IrdD8+Jn54Inkx>", "<[redacted]x>"},
        Disguise{"SecretInUrlSafeBase64", "<czMvY3IrdD8-Jn54Ink>"}, Disguise{"Percent", "<s3%2Fcr%2Bt%3F%3E%26~x%22y>"},
        Disguise{"PercentLowerCase", "<s3%2fcr%2bt%3f%3e%26~x%22y>"},
        Disguise{"PercentForEverything", "<%73%33%2F%63%72%2B%74%3F%3E%26%7E%78%22%79>"},
        Disguise{"PercentForSome", "<s%33/cr%2Bt?>&~x\"y>"}, Disguise{"KeyPercentEncoded", "<PK%2B12345>"},
        Disguise{"HtmlNames", "<s3&sol;cr&plus;t&quest;&gt;&amp;~x&quot;y>"},
        Disguise{"HtmlDecimal", "<s3&#47;cr&#43;t?>&#38;~x&#34;y>"},
        Disguise{"HtmlHexadecimal", "<s3&#x2F;cr&#x2b;t?>&#X26;~x&#x00022;y>"},
        Disguise{"HtmlWithoutSemicolon", "<s3&#47cr+t?>&~x\"y>"},
        Disguise{"HtmlMinimal", "<s3/cr+t?&gt;&amp;~x&#39y>", "<s3/cr+t?&gt;&amp;~x&#39y>"},
        Disguise{"JsonSlash", R"(<s3\/cr+t?>&~x\"y>)"},
        Disguise{"JsonCodes", R"(<s3\u002fcr\u002Bt?\u003e\u0026~x\"y>)"},
        Disguise{"JsonForEverything", R"(<\u00733\/\u0063r+t?>&~x\"y>)"},
        Disguise{"HtmlInJson", R"(<s3\u0026#47;cr+t?\u0026gt;\u0026amp;~x\u0026quot;y>)"},
        Disguise{"PercentTwice", "<s3%252Fcr%252Bt%253F%253E%2526~x%2522y>"},
        Disguise{"TwoOfThem", "<PK%2B12345 and s3&#47;cr+t?>&~x\"y>", "<[redacted] and [redacted]>"},
        Disguise{"CutWithinAnEscape", "<s3/cr+t%3", "<[redacted]"},
        Disguise{"CutAfterAnEscape", "<s3%2Fcr%2B", "<[redacted]"},
        Disguise{"CutWithinANumber", "<s3&#47;cr&#43;t&#6", "<[redacted]"},
        Disguise{"CutWithinAName", "<s3/cr+t&que", "<[redacted]"},
        Disguise{"HarmlessEscapes", R"(a\/b \u00e9 \u12 %zz %4 100% &nbsp; &; &#; &#x; &#99999999999; &lt \)",
                 R"(a\/b \u00e9 \u12 %zz %4 100% &nbsp; &; &#; &#x; &#99999999999; &lt \)"}),
    test::kByName);

TEST(Redactor, FindsASecretThatLooksLikeAnEscape) {
  const Redactor redactor(Credentials{"PK012345", "a%41b\\u0041&lt;/c"});
  for (const char* text :
       {"a%41b\\u0041&lt;/c", "a%2541b\\u0041&lt;%2fc", R"(a%41b\\u0041&lt;\/c)", "a%41b\\u0041&amp;lt;&sol;c"}) {
    std::string clean = text;
    redactor.redact(clean);
    EXPECT_EQ(clean, "[redacted]") << text;
  }
}

// A server controls the text, so its size is bounded and redaction must take time proportional to its length.
TEST(Redactor, LeavesALargeTextFullOfEscapesAsItIs) {
  const Redactor redactor(Credentials{"\\\\\\\\\\\\\\\\!", "%%%%%%%%%%%%!"});
  for (const char* piece : {"\\", "%", "&", "%25", "&amp;", "\\u005c", "&#38;#38;"}) {
    std::string text;
    while (text.size() < 65'536) text += piece;
    text.append(30, ' ');
    const std::string before = text;
    redactor.redact(text);
    EXPECT_TRUE(text == before) << piece;
  }
}

TEST(Redactor, LetsNoIdBeACredential) {
  const Redactor redactor(Credentials{"PK012345", "hunter2-hunter2"});
  Order order{OrderId::parse("PK012345").value()};
  order.replacedBy = OrderId::parse("x-hunter2-hunter2").value();
  order.replaces = OrderId::parse("PK012345-1").value();
  order.legs.push_back(Order{OrderId::parse("hunter2-hunter2").value()});
  redactor.redact(order);
  EXPECT_EQ(order.id, OrderId::nil());
  EXPECT_FALSE(order.replacedBy || order.replaces);
  EXPECT_EQ(order.legs.front().id, OrderId::nil());
  EXPECT_EQ(order.unreadable.size(), 3U);
  CancelAllReport report;
  report.entries.push_back({OrderId::parse("PK012345").value(), 200});
  redactor.redact(report);
  EXPECT_EQ(report.entries.front().orderId, OrderId::nil());
}

TEST(Redactor, CleansEveryTextOfAnOrder) {
  const Redactor redactor(Credentials{"PK012345", "hunter2-hunter2"});
  const std::string echo = "hunter2%2dhunter2";
  Order order{OrderId::parse("a").value()};
  for (std::string* text : {&order.symbol, &order.clientOrderId, &order.assetId, &order.assetClass}) *text = echo;
  order.side = OrderSide(echo);
  order.type = OrderType(echo);
  order.orderClass = OrderClass(echo);
  order.timeInForce = TimeInForce(echo);
  order.positionIntent = PositionIntent(echo);
  order.status = OrderStatus(echo);
  order.filledQty = Decimal(echo);
  const std::vector<std::optional<Decimal>*> numbers{&order.qty,          &order.notional,  &order.filledAvgPrice,
                                                     &order.limitPrice,   &order.stopPrice, &order.trailPrice,
                                                     &order.trailPercent, &order.hwm,       &order.commission};
  for (auto* number : numbers) *number = Decimal(echo);
  const std::vector<std::optional<Timestamp>*> times{&order.createdAt,         &order.updatedAt, &order.submittedAt,
                                                     &order.filledAt,          &order.expiredAt, &order.canceledAt,
                                                     &order.cancelRequestedAt, &order.failedAt,  &order.replacedAt};
  for (auto* time : times) *time = Timestamp{{}, echo, false};
  order.unreadable.push_back({"replaced_by", echo});
  order.legs.push_back(order);

  redactor.redact(order);
  const Order& leg = order.legs.front();
  for (const auto* number : numbers) EXPECT_EQ((*number)->str(), "[redacted]");
  for (const auto* time : times) EXPECT_EQ((*time)->text, "[redacted]");
  for (const std::string& text :
       {order.symbol, order.clientOrderId, order.assetId, order.assetClass, order.side.str(), order.type.str(),
        order.orderClass.str(), order.timeInForce.str(), order.positionIntent.str(), order.status.str(),
        order.filledQty.str(), order.unreadable.front().text, leg.symbol, leg.side.str(), leg.status.str(),
        leg.unreadable.front().text}) {
    EXPECT_EQ(text, "[redacted]");
  }
}

TEST(Redactor, CleansTheReportOfACancelAll) {
  const Redactor redactor(Credentials{"PK012345", "hunter2-hunter2"});
  CancelAllReport report;
  report.entries.push_back({OrderId::parse("a").value(), 200, Order{OrderId::parse("a").value(), "hunter2-hunter2"}});
  report.entries.push_back({OrderId::parse("b").value(), 422, {}, Error{}});
  report.entries.back().error->brokerMessage = "hunter2-hunter2";
  redactor.redact(report);
  EXPECT_EQ(report.entries.front().after->symbol, "[redacted]");
  EXPECT_EQ(report.entries.back().error->brokerMessage, "[redacted]");
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
}  // namespace alpaca::broker::credentials
