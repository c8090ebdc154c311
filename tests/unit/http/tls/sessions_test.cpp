#include "http/tls/sessions.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>

namespace alpaca::broker::http {
namespace {

// A session that is recognised by its number.
TlsSessions::Session sessionOf(unsigned number) {
  TlsSessions::Session session(SSL_SESSION_new());
  std::array<unsigned char, sizeof number> bytes{};
  std::memcpy(bytes.data(), &number, bytes.size());
  SSL_SESSION_set1_id(session.get(), bytes.data(), bytes.size());
  return session;
}

unsigned numberOf(const TlsSessions::Session& session) {
  unsigned number = 0;
  unsigned size = 0;
  const unsigned char* const bytes = SSL_SESSION_get_id(session.get(), &size);
  EXPECT_EQ(size, sizeof number);
  std::memcpy(&number, bytes, sizeof number);
  return number;
}

TEST(TlsSessions, AreHandedOutOnceAndTheNewestFirst) {
  TlsSessions sessions;
  sessions.startWith(1);
  sessions.put(1, sessionOf(1).get());
  sessions.put(1, sessionOf(2).get());
  EXPECT_EQ(numberOf(sessions.take()), 2U);
  EXPECT_EQ(numberOf(sessions.take()), 1U);
  EXPECT_EQ(sessions.take(), nullptr);
}

TEST(TlsSessions, AreCopiesOfWhatTheConnectionUses) {
  TlsSessions sessions;
  const auto used = sessionOf(1);
  sessions.put(1, used.get());
  EXPECT_NE(sessions.take().get(), used.get());
}

TEST(TlsSessions, AreForgottenWithTheTrustThatTheyCameFrom) {
  TlsSessions sessions;
  sessions.startWith(1);
  sessions.put(1, sessionOf(1).get());
  sessions.startWith(2);
  EXPECT_EQ(sessions.take(), nullptr);
}

TEST(TlsSessions, OfAnEarlierTrustAreNotKeptHoweverLateTheyCome) {
  TlsSessions sessions;
  sessions.startWith(2);
  sessions.startWith(1);  // a thread that was overtaken
  sessions.put(1, sessionOf(1).get());
  EXPECT_EQ(sessions.take(), nullptr);
  sessions.put(2, sessionOf(2).get());
  EXPECT_EQ(numberOf(sessions.take()), 2U);
}

TEST(TlsSessions, AreBounded) {
  TlsSessions sessions;
  for (unsigned i = 0; i < 1000; ++i) sessions.put(1, sessionOf(i).get());
  int kept = 0;
  while (sessions.take()) ++kept;
  EXPECT_EQ(kept, 64);
}

}  // namespace
}  // namespace alpaca::broker::http
