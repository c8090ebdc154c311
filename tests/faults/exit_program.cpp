// Exits while clients are alive, in the way that its first argument names: see exit_test.cpp. The other arguments are
// the server's URL and the file of its certificate.
#include "faults/exit_client.hpp"

#include <dlfcn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <map>
#include <thread>
#include <vector>

namespace {

using alpaca::broker::BrokerClient;
using alpaca::broker::ClientOptions;
using namespace alpaca::broker::test;
using namespace std::chrono_literals;

std::optional<BrokerClient> client;
std::vector<std::optional<BrokerClient>> several(3);
std::string url;
std::string caFile;

// Constructed before main() when the environment asks for it.
struct Early {
  Early() {
    if (std::getenv("EXIT_URL") != nullptr) fill(own, exitOptions(std::getenv("EXIT_URL"), std::getenv("EXIT_CA")));
  }
  std::optional<BrokerClient> own;
} early;

ClientOptions options() { return exitOptions(url, caFile); }

void waitForTheEnd() {
  for (;;) std::this_thread::sleep_for(1s);
}

// By whatever status: the connection works.
bool isAnswered(BrokerClient& own) {
  const auto result = own.cancelOrder(exitAccount(), exitOrder());
  return result || result.error().httpStatus;
}

void withIdleConnections() { fill(client, options()); }

void withAsynchronousCalls() {
  fill(client, options());
  beginCalls(*client);
}

void withCallsOnOtherThreads() {
  auto* const shared = new BrokerClient(exitCredentials(), options());  // leaked: no call may begin during destruction
  for (int i = 0; i < 3; ++i) {
    std::thread([shared] {
      for (;;) static_cast<void>(shared->cancelOrder(exitAccount(), exitOrder()));
    }).detach();
  }
  std::this_thread::sleep_for(5ms);
}

void withSeveral() {
  for (auto& one : several) fill(one, options());
  for (auto& one : several) beginCalls(*one);
}

void withOneThatIsReplaced() {
  fill(client, options());
  std::thread([own = options()] {
    std::optional<BrokerClient> current;
    for (;;) {
      BrokerClient other{exitCredentials(), own};
      static_cast<void>(other.cancelOrder(exitAccount(), exitOrder()));
      current = std::move(other);
    }
  }).detach();
  std::this_thread::sleep_for(20ms);
}

void fromACallback() {
  fill(client, options());
  static_cast<void>(client->cancelOrderAsync(exitAccount(), exitOrder(), [](const auto&) { std::exit(0); }));
  waitForTheEnd();
}

void fromAnObserver() {
  auto observed = options();
  observed.observer = [](const auto& event) {
    if (event.httpRequestMethod == "GET") std::exit(0);  // the request that keeps connections warm
  };
  fill(client, observed);
  waitForTheEnd();
}

// In a child, the way of the parent's client is closed, and a new one's is open.
bool isAsPromisedInAChild() {
  const auto refused = client->cancelOrder(exitAccount(), exitOrder());
  BrokerClient own{exitCredentials(), options()};
  return !refused && refused.error().kind == alpaca::broker::ErrorKind::Aborted && isAnswered(own);
}

[[noreturn]] void exitAfter(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  std::exit(status == 0 && isAnswered(*client) ? 0 : 1);
}

void afterUseInAChild() {
  fill(client, options());
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(20);
    std::exit(isAsPromisedInAChild() ? 0 : 1);
  }
  exitAfter(child);
}

void inAnUnusedChild() {
  fill(client, options());
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(20);
    std::exit(0);
  }
  exitAfter(child);
}

std::atomic<pid_t> childOfAThread{-1};

// Once, and the child's copy of the thread goes on: as the only one there, it ends the process.
void forkOnThisThread() {
  static std::atomic<bool> begun{false};
  if (begun.exchange(true)) return;
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(20);
  } else {
    childOfAThread = child;
  }
}

[[noreturn]] void exitAfterTheChildOfAThread() {
  while (childOfAThread == -1) std::this_thread::sleep_for(1ms);
  exitAfter(childOfAThread);
}

void inAChildOfACallback() {
  fill(client, options());
  static_cast<void>(client->cancelOrderAsync(exitAccount(), exitOrder(), [](const auto&) { forkOnThisThread(); }));
  exitAfterTheChildOfAThread();
}

void inAChildOfAnObserver() {
  static std::atomic<bool> quiet{false};  // no other thread is in OpenSSL, whose locks a child would find held
  auto observed = options();
  observed.observer = [](const auto& event) {
    if (quiet && event.httpRequestMethod == "GET") forkOnThisThread();  // the request that keeps warm
  };
  fill(client, observed);
  quiet = true;
  exitAfterTheChildOfAThread();
}

// Destroyed after the exit handler, so its destructor can check what the client answers by then.
struct Witness {
  ~Witness() {
    if (!wanted) return;
    const auto late = client->cancelOrder(exitAccount(), exitOrder());
    if (late || late.error().kind != alpaca::broker::ErrorKind::Aborted || late.error().call.sends != 0) std::_Exit(1);
  }
  bool wanted = false;
} witness;

void withACallBehindTheHandler() {
  fill(client, options());
  witness.wanted = true;
}

void* plugin() {
  void* const library = ::dlopen(EXIT_PLUGIN, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) std::_Exit(2);
  using Use = void(const char*, const char*);
  reinterpret_cast<Use*>(::dlsym(library, "useClient"))(url.c_str(), caFile.c_str());
  return library;
}

void inAPlugin() { plugin(); }

void inAPluginThatIsUnloaded() { ::dlclose(plugin()); }

}  // namespace

int main(int count, char** arguments) {
  ::alarm(30);
  const std::map<std::string, std::function<void()>> modes{
      {"IdleConnections", withIdleConnections},
      {"AsynchronousCalls", withAsynchronousCalls},
      {"CallsOnOtherThreads", withCallsOnOtherThreads},
      {"SeveralClients", withSeveral},
      {"AClientThatIsReplaced", withOneThatIsReplaced},
      {"ACallback", fromACallback},
      {"AnObserver", fromAnObserver},
      {"AChildThatUsedIt", afterUseInAChild},
      {"AChildThatDidNot", inAnUnusedChild},
      {"AChildOfACallback", inAChildOfACallback},
      {"AChildOfAnObserver", inAChildOfAnObserver},
      {"ACallBehindTheHandler", withACallBehindTheHandler},
      {"APlugin", inAPlugin},
      {"AnUnloadedPlugin", inAPluginThatIsUnloaded},
      {"AClientFromBeforeMain", [] {}},
  };
  if (count != 4) return 3;
  url = arguments[2];
  caFile = arguments[3];
  modes.at(arguments[1])();
  return 0;
}
