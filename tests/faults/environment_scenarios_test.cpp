// The process and its machine: proxy variables, files in the home folder, a full descriptor table. Also checks that
// thousands of failing calls leave nothing behind there.
#include "faults/child_process.hpp"
#include "faults/patience.hpp"
#include "faults/resetting_server.hpp"
#include "faults/scenario.hpp"
#include "support/ids.hpp"
#include "support/options.hpp"
#include "support/row_name.hpp"
#include "support/scoped_environment.hpp"
#include "support/temporary_home.hpp"
#include "testing/temporary_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace alpaca::broker::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono_literals;

// --- the environment -------------------------------------------------------------------------------------------------

struct Variable {
  std::string name;
  std::optional<TlsScript> tls;
};

std::ostream& operator<<(std::ostream& out, const Variable& row) { return out << row.name; }

class ProxyVariable : public ::testing::TestWithParam<Variable> {};

TEST_P(ProxyVariable, IsNotRead) {
  ScriptedServer trap({play({reads(), sends(kAccepted)})});
  const ScopedEnvironment variable(GetParam().name, trap.url().c_str());
  const ScopedEnvironment none("no_proxy", nullptr);
  run({"", {{accepts()}}, {accepted()}, {}, GetParam().tls});
  EXPECT_EQ(trap.connections(), 0);
}

INSTANTIATE_TEST_SUITE_P(All, ProxyVariable,
                         ::testing::Values(Variable{"http_proxy", {}}, Variable{"ALL_PROXY", {}},
                                           Variable{"all_proxy", {}}, Variable{"https_proxy", TlsScript{}},
                                           Variable{"HTTPS_PROXY", TlsScript{}}),
                         kByName);

struct HomeFile {
  std::string name;
  std::string file;
  std::string content;
};

std::ostream& operator<<(std::ostream& out, const HomeFile& row) { return out << row.name; }

class FileInTheHomeFolder : public ::testing::TestWithParam<HomeFile> {};

TEST_P(FileInTheHomeFolder, IsNotRead) {
  const TemporaryHome home;
  home.write(GetParam().file, GetParam().content);
  ScriptedServer server({play({accepts()})});
  BrokerClient client{scenarioCredentials(), oneAttemptAt(server.url())};
  ASSERT_TRUE(client.cancelOrder(account(), order()));
  const std::string request = server.requests().front();
  EXPECT_THAT(request, HasSubstr("Authorization: Basic c2NlbmFyaW8tYXBpLWtleTpzY2VuYXJpby1hcGktc2VjcmV0\r\n"));
  EXPECT_THAT(request, Not(HasSubstr("stranger")));
}

INSTANTIATE_TEST_SUITE_P(
    All, FileInTheHomeFolder,
    ::testing::Values(HomeFile{"Netrc", ".netrc", "machine 127.0.0.1 login stranger password stranger\n"},
                      HomeFile{"NetrcDefault", ".netrc", "default login stranger password stranger\n"},
                      HomeFile{"Curlrc", ".curlrc", "user-agent = stranger\nproxy = http://127.0.0.1:1\n"}),
    kByName);

// libcurl writes its TLS session keys to a file that this variable names. The library does not want that, but its users
// must know. libcurl reads the variable once, at initialisation, so this test runs in a process of its own.
TEST(TlsKeyLog, IsWrittenByLibcurlWhenTheEnvironmentAsksForIt) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto cancelsAndHasKeysLogged = [] {
    const testing::TemporaryFile log("");
    const ScopedEnvironment variable("SSLKEYLOGFILE", log.path().c_str());
    run({"", {{accepts()}}, {accepted()}, {}, TlsScript{}});
    const auto size = std::filesystem::file_size(log.path());
    std::fprintf(stderr, "%s, %s\n", ::testing::Test::HasFailure() ? "failed" : "accepted",
                 size > 0 ? "keys logged" : "no keys logged");
  };
  EXPECT_EXIT((cancelsAndHasKeysLogged(), ::_exit(0)), ::testing::ExitedWithCode(0), "accepted, keys logged");
}

// --- no descriptors -------------------------------------------------------------------------------------------------

// Takes all but a few of the descriptors that the process may still open.
class DescriptorHog {
 public:
  explicit DescriptorHog(int left) {
    const rlimit few{128, before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &few);
    for (int taken = ::open("/dev/null", O_RDONLY); taken >= 0; taken = ::open("/dev/null", O_RDONLY)) {
      taken_.push_back(taken);
    }
    for (; left > 0; --left) release();
  }
  ~DescriptorHog() {
    while (!taken_.empty()) release();
    ::setrlimit(RLIMIT_NOFILE, &before_);
  }
  DescriptorHog(const DescriptorHog&) = delete;
  DescriptorHog& operator=(const DescriptorHog&) = delete;

 private:
  static rlimit limits() {
    rlimit now{};
    ::getrlimit(RLIMIT_NOFILE, &now);
    return now;
  }
  void release() {
    ::close(taken_.back());
    taken_.pop_back();
  }

  const rlimit before_ = limits();
  std::vector<int> taken_;
};

class DescriptorsLeft : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    if (kSanitized) GTEST_SKIP() << "the sanitizers need descriptors themselves, and fail without them";
  }

  // Runs in a child, so that the server and the tests keep their descriptors. The client's first call has a prepared
  // connection; the second needs new descriptors for everything.
  void expectHonest(const std::optional<TlsScript>& tls) {
    const Steps acceptsAndCloses{accepts("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")};
    ScriptedServer server(std::vector<ScriptedServer::Script>(8, play(acceptsAndCloses)), tls);
    const testing::TemporaryFile authority(server.certificate());
    expectInChild([&] {
      ClientOptions options = oneAttemptAt(server.url());
      if (tls) options.tls.caFile = authority.path();
      BrokerClient client{scenarioCredentials(), options};
      const auto cancel = [&](const char* id, bool starved) {
        const auto result = client.cancelOrder(account(), order(id));
        if (result) {
          EXPECT_TRUE(!starved || GetParam() > 0);
        } else {
          EXPECT_TRUE(starved) << result.error().message;
          EXPECT_EQ(toString(result.error().kind), "NotSent") << result.error().message;
          EXPECT_EQ(result.error().call.sends, 0);
        }
      };
      {
        const DescriptorHog hog(GetParam());
        cancel("first", true);
        cancel("second", true);
      }
      cancel("third", false);
    });
    EXPECT_EQ(server.deliveriesOf("third").size(), 1U);
    if (GetParam() == 0) {
      EXPECT_EQ(server.deliveries(), 1);
    }
  }
};

TEST_P(DescriptorsLeft, AreEnoughOrItIsNotSent) { expectHonest({}); }

TEST_P(DescriptorsLeft, AreEnoughOrItIsNotSentOverTls) { expectHonest(TlsScript{}); }

INSTANTIATE_TEST_SUITE_P(Upto, DescriptorsLeft, ::testing::Range(0, 7));

// --- nothing is left behind ------------------------------------------------------------------------------------------

std::ptrdiff_t openDescriptors() {
  const auto entries = std::filesystem::directory_iterator("/proc/self/fd");
  return std::distance(begin(entries), end(entries));
}

long residentPages() {
  long size = 0;
  long resident = 0;
  std::ifstream("/proc/self/statm") >> size >> resident;
  return resident;
}

volatile std::sig_atomic_t sigpipes = 0;

// Runs in a child, where nothing else opens, closes or allocates.
void expectNothingLeftBehind(const std::string& url, ErrorKind kind, int sends) {
  constexpr int kCalls = kSanitized ? 500 : 10'000;
  constexpr int kWarmUp = kCalls / 10;
  constexpr long kMaxPages = 128;  // half a MiB: a leak of 64 bytes a call exceeds it
  expectInChild([&] {
    std::signal(SIGPIPE, [](int) { sigpipes = sigpipes + 1; });
    BrokerClient client{scenarioCredentials(), oneAttemptAt(url)};
    int others = 0;
    const auto fail = [&](int calls) {
      for (int i = 0; i < calls; ++i) {
        const auto result = client.cancelOrder(account(), order());
        const bool asExpected = !result && result.error().kind == kind && result.error().call.sends == sends;
        others += asExpected ? 0 : 1;
      }
    };
    fail(kWarmUp);
    const auto descriptors = openDescriptors();
    const long pages = residentPages();
    fail(kCalls);
    EXPECT_EQ(openDescriptors(), descriptors);
    if (!kSanitized) {
      EXPECT_LE(residentPages(), pages + kMaxPages);
    }
    EXPECT_EQ(others, 0);
    EXPECT_EQ(sigpipes, 0);
  });
}

TEST(TenThousandCalls, ThatAreRefusedLeaveNothingBehind) {
  expectNothingLeftBehind("http://127.0.0.1:1", ErrorKind::NotSent, 0);
}

TEST(TenThousandCalls, ThatAreResetLeaveNothingBehind) {
  const ResettingServer server;
  expectNothingLeftBehind(server.url(), ErrorKind::InDoubt, 1);
}

}  // namespace
}  // namespace alpaca::broker::test
