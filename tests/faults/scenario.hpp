#pragma once

#include "faults/steps.hpp"

#include <alpaca/broker.hpp>

#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace alpaca::broker::test {

/// How a call must end.
struct Shutdown {
  std::optional<ErrorKind> kind{};  ///< empty: accepted
  bool maybeApplied = false;
  int attempts = 1;
  int sends = 1;
  bool orNotSent = false;  ///< or NotSent: a race decides, so both can be true
};

inline Shutdown accepted(int sends = 1) { return {std::nullopt, false, sends, sends}; }
inline Shutdown notSent(int attempts = 1) { return {ErrorKind::NotSent, false, attempts, 0}; }
inline Shutdown inDoubt(int sends = 1) { return {ErrorKind::InDoubt, true, sends, sends}; }
inline Shutdown inDoubtOrNotSent(int attempts = 1) { return {ErrorKind::InDoubt, true, attempts, attempts, true}; }
inline Shutdown refused(ErrorKind kind, int sends = 1) { return {kind, false, sends, sends}; }
inline Shutdown doubtful(ErrorKind kind, int sends = 1) { return {kind, true, sends, sends}; }

/// A server's script, and how the calls of one client to it must end. The calls run in sequence, each for its own
/// order.
struct Scenario {
  std::string name;
  std::vector<Steps> connections;
  std::vector<Shutdown> calls;
  std::function<void(ClientOptions&)> adjust{};
  std::optional<TlsScript> tls{};
};

inline std::ostream& operator<<(std::ostream& out, const Scenario& scenario) { return out << scenario.name; }

/// Plays the scenario, then checks how the calls ended and whether each result was honest: see `expectHonest`.
void run(const Scenario& scenario);

/// Makes one call to an address where no test server listens, so that nothing can be delivered. Checks the same.
void runWithoutServer(const ClientOptions& options, const Shutdown& ending);

/// Checks how a call ended, but not whether the result was honest.
void expectEnding(const Shutdown& ending, const Result<CancelAccepted>& result);

/// Compares a result with the server's own record of one order:
///   - The server accepted every order that the client reports as a success.
///   - After NotSent, Aborted or InvalidArgument, the server saw nothing.
///   - The server saw at most `sends` requests.
///   - `maybeApplied` is set when the server may have acted and the client saw no 204.
///   - The call returned by its deadline.
///   - No text shows a credential.
void expectHonest(const Result<CancelAccepted>& result, const std::vector<Delivery>& deliveries,
                  std::chrono::milliseconds deadline);

/// The credentials of every scenario. Servers echo them, to check that no text shows them.
Credentials scenarioCredentials();

/// One attempt with short time-outs, so that stalls do not take long.
void oneAttempt(ClientOptions& options);

/// Three attempts with short pauses between them.
void threeAttempts(ClientOptions& options);

}  // namespace alpaca::broker::test
