#include "http/url.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <alpaca/broker/options.hpp>

namespace alpaca::broker::http {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

struct Good {
  const char* text;
  const char* normal;
  bool plainHttp;
};

class UsableBaseUrl : public ::testing::TestWithParam<Good> {};

TEST_P(UsableBaseUrl, IsNormalised) {
  const auto url = parseBaseUrl(GetParam().text);
  ASSERT_TRUE(url) << url.error().message;
  EXPECT_EQ(url->text, GetParam().normal);
  EXPECT_EQ(url->plainHttp, GetParam().plainHttp);
}

INSTANTIATE_TEST_SUITE_P(
    All, UsableBaseUrl,
    ::testing::Values(
        Good{kSandboxUrl, kSandboxUrl, false}, Good{kProductionUrl, kProductionUrl, false},
        Good{"https://host/", "https://host", false}, Good{"https://host//", "https://host", false},
        Good{"https://host:8443", "https://host:8443", false},
        Good{"https://host/a-b/v1.2/", "https://host/a-b/v1.2", false},
        Good{"https://host/v1a/v/1", "https://host/v1a/v/1", false},
        Good{"https://api.alpaca.markets.host", "https://api.alpaca.markets.host", false},
        Good{"https://gateway/v1/broker", "https://gateway/v1/broker", false},
        Good{"https://host/xv1", "https://host/xv1", false}, Good{"https://10.0.0.1", "https://10.0.0.1", false},
        Good{"https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443", false},
        Good{"HTTPS://host", "https://host", false}, Good{"http://localhost:8080", "http://localhost:8080", true},
        Good{"http://LOCALHOST", "http://LOCALHOST", true},
        Good{"http://127.0.0.1:8080", "http://127.0.0.1:8080", true},
        Good{"http://127.255.0.9", "http://127.255.0.9", true}, Good{"http://[::1]:8080", "http://[::1]:8080", true}));

// A newcomer once copied the URL with its version: it was accepted, and every call was a 404.
TEST(BaseUrl, IsRefusedWithTheVersionThatTheClientAdds) {
  for (const char* text : {"https://host/v1", "https://host/v1/", "https://host/prefix/v1", "https://host/v1/trading",
                           "https://host/v2/a/v1/trading/accounts"}) {
    const auto url = parseBaseUrl(text);
    ASSERT_FALSE(url) << url->text;
    EXPECT_EQ(url.error().message,
              "ClientOptions::baseUrl has /v1 in its path, but the client adds /v1 itself; accepted: the same URL, "
              "ending before /v1.");
  }
  EXPECT_THAT(parseBaseUrl("https://host/x/V2").error().message, HasSubstr("has /V2 in its path"));
  EXPECT_THAT(parseBaseUrl("https://host/v10").error().message, HasSubstr("has /v10 in its path"));
}

struct OtherApi {
  const char* url;
  const char* name;
};

class AnotherApi : public ::testing::TestWithParam<OtherApi> {};

TEST_P(AnotherApi, IsNamedAndRefused) {
  const auto url = parseBaseUrl(GetParam().url);
  ASSERT_FALSE(url) << url->text;
  EXPECT_EQ(url.error().message, std::string("ClientOptions::baseUrl is the address of Alpaca's ") + GetParam().name +
                                     " API; accepted: a host of the Broker API, such as kSandboxUrl and "
                                     "kProductionUrl.");
}

INSTANTIATE_TEST_SUITE_P(All, AnotherApi,
                         ::testing::Values(OtherApi{"https://api.alpaca.markets", "Trading"},
                                           OtherApi{"https://Paper-API.alpaca.markets:443/v2", "Trading"},
                                           OtherApi{"https://data.alpaca.markets", "Market Data"},
                                           OtherApi{"https://data.sandbox.alpaca.markets/", "Market Data"}));

struct Bad {
  const char* text;
  const char* fault;
};

class UnusableBaseUrl : public ::testing::TestWithParam<Bad> {};

TEST_P(UnusableBaseUrl, IsRefusedWithoutBeingRepeated) {
  const auto url = parseBaseUrl(GetParam().text);
  ASSERT_FALSE(url) << url->text;
  EXPECT_EQ(url.error().kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(url.error().message, AllOf(HasSubstr("ClientOptions::baseUrl"), HasSubstr(GetParam().fault),
                                         HasSubstr("accepted: https://host[:port][/prefix]")));
  EXPECT_THAT(url.error().message, Not(HasSubstr("hunter2")));
}

INSTANTIATE_TEST_SUITE_P(
    All, UnusableBaseUrl,
    ::testing::Values(
        Bad{"", "is empty"}, Bad{"broker-api.alpaca.markets", "does not begin with a scheme and ://"},
        Bad{"https://", "has no host"}, Bad{"https://host:99999", "has a port that is not a number from 1 to 65535"},
        Bad{"https://host:port", "has a port that is not a number"}, Bad{"https://[::1", "is not a URL;"},
        Bad{"https://host:0", "has port 0"}, Bad{"ftp://host", "scheme"}, Bad{"file:///etc/passwd", "scheme"},
        Bad{"ws://host", "scheme"}, Bad{"http://host", "plain http"},
        Bad{"http://127.0.0.1.evil.example", "plain http"}, Bad{"http://localhost.evil.example", "plain http"},
        Bad{"http://10.0.0.1", "plain http"}, Bad{"http://0.0.0.0", "plain http"}, Bad{"http://[::2]", "plain http"},
        Bad{"http://128.0.0.1", "plain http"}, Bad{"http://localhost.", "plain http"},
        Bad{"https://user:hunter2@host", "user name"}, Bad{"https://user@host", "user name"},
        Bad{"https://@host", "user name"}, Bad{"http://127.0.0.1@evil.example", "user name"},
        Bad{"https://host?x=1", "query"}, Bad{"https://host#x", "query"}, Bad{"https://host/a?b", "query"},
        Bad{"https://host\\a", "backslash"}, Bad{"https://ho st", "space"}, Bad{"https://host\r\n", "control"},
        Bad{"https://h\xC3\xB6st", "non-ASCII"}, Bad{"https://host/../x", "path"}, Bad{"https://host/./x", "path"},
        Bad{"https://host/a//b", "path"}, Bad{"https://host/%2e%2e/x", "percent"},
        Bad{"https://h%0a.example", "percent"}, Bad{"https://%31%32%37.0.0.1", "percent"},
        Bad{"https://[fe80::1%25eth0]", "percent"}, Bad{"https://host/a;b", "path"}));

TEST(ProxyUrl, IsEmptyOrOneOfTheKnownSchemes) {
  EXPECT_EQ(parseProxyUrl("")->text, "");
  EXPECT_EQ(parseProxyUrl("http://proxy:3128")->text, "http://proxy:3128");
  EXPECT_EQ(parseProxyUrl("socks5h://10.0.0.1:1080")->text, "socks5h://10.0.0.1:1080");
  EXPECT_EQ(parseProxyUrl("http://me:p%40ss@proxy:3128/")->password, "p@ss");
}

TEST(ProxyUrl, IsRefusedWithoutAScheme) {
  EXPECT_EQ(parseProxyUrl("proxy:3128").error().message,
            "ClientOptions::proxy does not begin with a scheme and ://; accepted: empty, or http://, socks5:// or "
            "socks5h://[user:password@]host[:port].");
}

TEST(ProxyUrl, IsRefusedWithoutBeingRepeated) {
  for (const char* text :
       {"proxy:3128", "ftp://me:hunter2@proxy", "https://me:hunter2@proxy", "http://me:hunter2@proxy/path",
        "http://proxy?x", "http://me:hunter2@", "http://pro xy", "socks5://u:%0a@h", "http://proxy\n"}) {
    const auto url = parseProxyUrl(text);
    ASSERT_FALSE(url) << text;
    EXPECT_THAT(url.error().message, AllOf(HasSubstr("ClientOptions::proxy"), Not(HasSubstr("hunter2"))));
  }
}

TEST(Loopback, IsTheHostItself) {
  for (const char* host :
       {"localhost", "LocalHost", "127.0.0.1", "127.1.2.3", "127.255.255.255", "127.10.0.99", "[::1]", "::1"}) {
    EXPECT_TRUE(isLoopback(host)) << host;
  }
}

TEST(Loopback, IsNothingThatLooksLikeIt) {
  for (const char* host : {"",
                           "localhost.",
                           "xlocalhost",
                           "127.0.0.1.example",
                           "127.0.0.1.",
                           "127.0.0.1 ",
                           " 127.0.0.1",
                           "0.0.0.0",
                           "1.0.0.127",
                           "128.0.0.1",
                           "[::2]",
                           "::2",
                           "[127.0.0.1]",
                           "::ffff:127.0.0.1",
                           "-127.0.0.1",
                           "12.7.0.1",
                           "1270.0.0.1",
                           "127..0.1",
                           "127.0.0.256",
                           "127.300.0.1",
                           "127.0.0.1000",
                           "127.0.0.999"}) {
    EXPECT_FALSE(isLoopback(host)) << host;
  }
}

TEST(Loopback, HasOneWayToWriteAnIpv4Address) {
  for (const char* host : {"127", "127.1", "127.0.1", "127.0.0.", "127.0.0.0.1", "127.0.0.01", "127.00.0.1",
                           "0127.0.0.1", "0177.0.0.1", "0x7f.0.0.1", "2130706433"}) {
    EXPECT_FALSE(isLoopback(host)) << host;
  }
}

}  // namespace
}  // namespace alpaca::broker::http
