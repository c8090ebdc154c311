#include "http/framing.hpp"

#include "support/row_name.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

namespace alpaca::broker::http {
namespace {

struct FramingRow {
  std::string name;
  bool certain;
  int status;
  std::vector<std::string> lines;  // the status line first, without line ends
};

std::ostream& operator<<(std::ostream& out, const FramingRow& row) { return out << row.name; }

class FramingTest : public ::testing::TestWithParam<FramingRow> {};

TEST_P(FramingTest, TellsWhetherTheEndIsCertain) {
  Framing framing;
  const auto& lines = GetParam().lines;
  framing.beginBlock(lines.front() + "\r\n", GetParam().status);
  for (std::size_t i = 1; i < lines.size(); ++i) framing.addField(lines[i] + "\r\n");
  EXPECT_EQ(framing.isCertain(), GetParam().certain);
  framing.restart();
  EXPECT_TRUE(framing.isCertain());
}

const std::string k200 = "HTTP/1.1 200 OK";
const std::string k204 = "HTTP/1.1 204 No Content";

INSTANTIATE_TEST_SUITE_P(
    All, FramingTest,
    ::testing::Values(
        FramingRow{"A204AsItShouldBe", true, 204, {k204, "X-Request-ID: a"}},
        FramingRow{"A204OfLength0", true, 204, {k204, "Content-Length: 0"}},
        FramingRow{"A204WithLength", false, 204, {k204, "content-length: 5"}},
        FramingRow{"A204InChunks", false, 204, {k204, "Transfer-Encoding: chunked"}},
        FramingRow{"A304WithLength", false, 304, {"HTTP/1.1 304 Not Modified", "Content-Length: 5"}},
        FramingRow{"AnInterimOneWithLength", false, 103, {"HTTP/1.1 103 Early", "Content-Length: 5"}},
        FramingRow{"Length", true, 200, {k200, "Content-Length: 5"}},
        FramingRow{"Chunks", true, 200, {k200, "Transfer-Encoding: Chunked"}},
        FramingRow{"LengthTwice", true, 200, {k200, "Content-Length: 5", "Content-Length: 5"}},
        FramingRow{"TwoLengths", false, 200, {k200, "Content-Length: 5", "Content-Length: 6"}},
        FramingRow{"TwoLengthsInOne", false, 200, {k200, "Content-Length: 5, 6"}},
        FramingRow{"ANegativeLength", false, 200, {k200, "Content-Length: -5"}},
        FramingRow{"ASignedLength", false, 200, {k200, "Content-Length: +5"}},
        FramingRow{"AnEmptyLength", false, 200, {k200, "Content-Length:"}},
        FramingRow{"AnEndlessLength", false, 200, {k200, "Content-Length: 99999999999999999999"}},
        FramingRow{"LengthThenChunks", false, 200, {k200, "Content-Length: 5", "Transfer-Encoding: chunked"}},
        FramingRow{"ChunksThenLength", false, 200, {k200, "Transfer-Encoding: chunked", "Content-Length: 5"}},
        FramingRow{"AnotherEncoding", false, 200, {k200, "Transfer-Encoding: gzip, chunked"}},
        FramingRow{"ChunksTwice", false, 200, {k200, "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"}},
        FramingRow{"AnOlderVersion", false, 200, {"HTTP/1.0 200 OK", "Content-Length: 5"}},
        FramingRow{"ALineWithoutColon", false, 200, {k200, "Content-Length"}},
        FramingRow{"AFoldedLine", false, 200, {k200, "X: a", " Content-Length: 5"}},
        FramingRow{"ASpaceBeforeTheColon", false, 200, {k200, "Content-Length : 5"}},
        FramingRow{"AnEmptyName", false, 200, {k200, ": 5"}}),
    test::kByName);

TEST(Framing, TakesABareLineFeedForUncertain) {
  Framing framing;
  framing.beginBlock("HTTP/1.1 200 OK\n", 200);
  EXPECT_FALSE(framing.isCertain());
  framing.restart();
  framing.beginBlock("HTTP/1.1 200 OK\r\n", 200);
  framing.addField("X: a\n");
  EXPECT_FALSE(framing.isCertain());
}

TEST(Framing, ForgetsNoDoubtOverAnInterimAnswer) {
  Framing framing;
  framing.beginBlock("HTTP/1.1 100 Continue\r\n", 100);
  framing.addField("Content-Length: 5\r\n");
  framing.beginBlock(k204 + "\r\n", 204);
  EXPECT_FALSE(framing.isCertain());
}

}  // namespace
}  // namespace alpaca::broker::http
