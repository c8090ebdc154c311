#pragma once

#include "harness/rounds.hpp"
#include "harness/statistics.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

/// All that one run finds out.
namespace alpaca::broker::bench {

/// One client in one situation. Times in microseconds; a ratio is the median, over the rounds, of the ratio of the
/// medians of one round.
struct Line {
  std::string client;
  std::size_t calls = 0;
  double p50 = 0;
  double p99 = 0;
  double max = 0;
  double perSecond = 0;
  double cpu = 0;  ///< per call
  std::optional<Spread> toLimit{};
  std::optional<Spread> toLeanest{};
  std::optional<Spread> toPlain{};
  std::optional<Spread> toBusyLimit{};    ///< after idle: what it is of a round trip
  std::optional<std::size_t> repeated{};  ///< calls that failed at first, where that is not the end of the run
  std::vector<double> percentiles{};      ///< at `percentilesToPlot()`
};

/// Several clients in one situation. What is timed is one call, or one whole batch.
struct Row {
  std::string situation;
  std::string link;
  std::size_t batch = 0;  ///< 0: single calls
  int connections = 0;    ///< of the batch
  std::vector<Line> lines{};

  /// @throws std::out_of_range when it has none of that client.
  [[nodiscard]] const Line& line(const std::string& client) const;
};

/// Where the plot of the distribution has its points, in percent.
const std::vector<double>& percentilesToPlot();

Row rowOf(std::string situation, std::string link, const std::vector<Series>& series);

struct Contention {
  std::string link;
  int threads = 0;
  int connections = 0;
  std::size_t calls = 0;
  double seconds = 0;
  double cpu = 0;  ///< per call
  double p50 = 0;  ///< over all calls
  double p99 = 0;
  double max = 0;
  double worstThreadP50 = 0;
  double worstThreadP99 = 0;
  std::size_t fewest = 0;  ///< calls of one thread
  std::size_t most = 0;
};

/// Opening many connections at once: CPU of this process.
struct Openings {
  int connections = 0;
  double authorities = 0;  ///< milliseconds, to load the file of the authorities once
  double handshake = 0;    ///< milliseconds, for one connection and one call of the raw sockets
  double sdk = 0;          ///< milliseconds, for a new client and all its connections
  double leanest = 0;      ///< milliseconds, for as many handles of libcurl
  double sdkWall = 0;      ///< milliseconds
  Spread toBound{};        ///< the SDK's CPU in proportion to one load and 1.2 handshakes each, by round
};

struct Submit {
  std::string load;
  std::string what;
  std::size_t submits = 0;
  double p50 = 0;
  double p99 = 0;
  double max = 0;
  double p50ToLimit = 0;
  double p99ToLimit = 0;
};

struct Memory {
  std::size_t calls = 0;
  std::vector<std::size_t> residentBytes{};  ///< at even distances, from after the warm-up on
  int connections = 0;
  double sdkPerConnection = 0;     ///< bytes of the heap
  double handlePerConnection = 0;  ///< the same of libcurl: a handle each
  double multiPerConnection = 0;   ///< the same of libcurl: all in one multi handle
};

/// How well the line of a given length keeps to it, by single bytes that are sent back.
struct Delay {
  double wanted = 0;  ///< milliseconds, round trip
  double p50 = 0;
  double p99 = 0;
};

struct Machine {
  std::string processor;
  unsigned cores = 0;
  std::string kernel;
  std::string system;
  std::string compiler;
  std::string curl;
  std::string openssl;
  std::string boost;
  std::string httplib;
  std::string nginx;
  std::string sdk;
  double loadBefore = 0;  ///< the system's load average of a minute before the start
};

struct Results {
  std::string started;  ///< UTC
  std::string mode;
  double seconds = 0;
  Machine machine{};
  Delay delay{};
  std::vector<Row> rows{};
  std::vector<Contention> contentions{};
  Openings openings{};
  std::vector<Submit> submits{};
  Memory memory{};

  /// Nothing when it was not measured.
  [[nodiscard]] const Row* row(const std::string& situation, const std::string& link) const;
};

}  // namespace alpaca::broker::bench
