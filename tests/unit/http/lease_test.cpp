#include "http/lease.hpp"

#include "support/row_name.hpp"

#include <gtest/gtest.h>

namespace alpaca::broker::http {
namespace {

using namespace std::chrono_literals;

struct Row {
  const char* name;
  Failure failure;
  int sends;
  std::chrono::milliseconds left;
  bool tellsEveryone;
};

class OpeningFailure : public ::testing::TestWithParam<Row> {};

TEST_P(OpeningFailure, IsWhatTellsEveryoneAboutTheServer) {
  Exchange exchange;
  exchange.failure = GetParam().failure;
  exchange.sends = GetParam().sends;
  const TimePoint start = std::chrono::steady_clock::now();
  const Limits limits{start + GetParam().left, 300ms};
  EXPECT_EQ(isOpeningFailure(exchange, limits, start), GetParam().tellsEveryone);
}

INSTANTIATE_TEST_SUITE_P(Table, OpeningFailure,
                         ::testing::Values(Row{"NoName", Failure::NameNotResolved, 0, 1s, true},
                                           Row{"Refused", Failure::ConnectFailed, 0, 1s, true},
                                           Row{"RefusedJustInTime", Failure::ConnectFailed, 0, 1ms, true},
                                           Row{"RefusedAfterADelivery", Failure::ConnectFailed, 1, 1s, false},
                                           Row{"ProxyUnavailable", Failure::ProxyUnavailable, 0, 1s, true},
                                           Row{"ProxyRefused", Failure::ProxyRefused, 0, 1s, true},
                                           Row{"Handshake", Failure::TlsHandshakeFailed, 0, 1s, true},
                                           Row{"Certificate", Failure::TlsNotAcceptable, 0, 1s, true},
                                           Row{"ConnectTimeout", Failure::TimedOut, 0, 1s, true},
                                           Row{"ConnectTimeoutAsLongAsTheDeadline", Failure::TimedOut, 0, 300ms, true},
                                           Row{"OwnDeadline", Failure::TimedOut, 0, 299ms, false},
                                           Row{"Silence", Failure::TimedOut, 1, 1s, false},
                                           Row{"Stopped", Failure::Aborted, 0, 1s, false},
                                           Row{"Busy", Failure::NoFreeConnection, 0, 1s, false},
                                           Row{"Lost", Failure::ConnectionLost, 1, 1s, false},
                                           Row{"OutOfMemory", Failure::SetupFailed, 0, 1s, false},
                                           Row{"Answered", Failure::None, 1, 1s, false}),
                         test::kByName);

}  // namespace
}  // namespace alpaca::broker::http
