#include "http/curl_failure.hpp"

#include <gtest/gtest.h>

namespace alpaca::broker::http {
namespace {

struct Row {
  CURLcode code;
  Failure failure;
};

class CurlFailure : public ::testing::TestWithParam<Row> {};

TEST_P(CurlFailure, NamesTheStage) { EXPECT_EQ(failureOf(GetParam().code), GetParam().failure); }

INSTANTIATE_TEST_SUITE_P(
    All, CurlFailure,
    ::testing::Values(
        Row{CURLE_COULDNT_RESOLVE_HOST, Failure::NameNotResolved},
        Row{CURLE_COULDNT_RESOLVE_PROXY, Failure::NameNotResolved}, Row{CURLE_COULDNT_CONNECT, Failure::ConnectFailed},
        Row{CURLE_PROXY, Failure::ProxyRefused}, Row{CURLE_SSL_CONNECT_ERROR, Failure::TlsHandshakeFailed},
        Row{CURLE_PEER_FAILED_VERIFICATION, Failure::TlsNotAcceptable},
        Row{CURLE_SSL_CACERT_BADFILE, Failure::TlsNotAcceptable}, Row{CURLE_OPERATION_TIMEDOUT, Failure::TimedOut},
        Row{CURLE_RECV_ERROR, Failure::ConnectionLost}, Row{CURLE_SEND_ERROR, Failure::ConnectionLost},
        Row{CURLE_GOT_NOTHING, Failure::ConnectionLost}, Row{CURLE_UNSUPPORTED_PROTOCOL, Failure::UnreadableAnswer},
        Row{CURLE_WEIRD_SERVER_REPLY, Failure::UnreadableAnswer}, Row{CURLE_WRITE_ERROR, Failure::UnreadableAnswer},
        Row{CURLE_OUT_OF_MEMORY, Failure::SetupFailed}),
    [](const auto& row) { return "Code" + std::to_string(row.param.code); });

TEST(CurlFailure, TellsAProtocolVersionFromABrokenHandshake) {
  EXPECT_EQ(failureOf(CURLE_SSL_CONNECT_ERROR, "error:0A000102:SSL routines::unsupported protocol"),
            Failure::TlsNotAcceptable);
  EXPECT_EQ(failureOf(CURLE_SSL_CONNECT_ERROR, "tlsv1 alert protocol version"), Failure::TlsNotAcceptable);
  EXPECT_EQ(failureOf(CURLE_SSL_CONNECT_ERROR, "Connection reset by peer"), Failure::TlsHandshakeFailed);
}

}  // namespace
}  // namespace alpaca::broker::http
