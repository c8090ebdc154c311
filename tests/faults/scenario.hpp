#pragma once

#include "faults/steps.hpp"

#include <alpaca/broker.hpp>

#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace alpaca::broker::test {

/// How a call is to end.
struct Ending {
  std::optional<ErrorKind> kind{};  ///< none: accepted
  bool maybeApplied = false;
  int attempts = 1;
  int sends = 1;
  bool orNotSent = false;  ///< or NotSent: both can be the truth, it depends on who is faster
};

inline Ending accepted(int sends = 1) { return {std::nullopt, false, sends, sends}; }
inline Ending notSent(int attempts = 1) { return {ErrorKind::NotSent, false, attempts, 0}; }
inline Ending inDoubt(int sends = 1) { return {ErrorKind::InDoubt, true, sends, sends}; }
inline Ending inDoubtOrNotSent(int attempts = 1) { return {ErrorKind::InDoubt, true, attempts, attempts, true}; }
inline Ending refused(ErrorKind kind, int sends = 1) { return {kind, false, sends, sends}; }
inline Ending doubtful(ErrorKind kind, int sends = 1) { return {kind, true, sends, sends}; }

/// A server's script and how the calls of one client to it must end. Calls are made one after the other, each for an
/// order of its own.
struct Scenario {
  std::string name;
  std::vector<Steps> connections;
  std::vector<Ending> calls;
  std::function<void(ClientOptions&)> adjust{};
  std::optional<TlsScript> tls{};
};

inline std::ostream& operator<<(std::ostream& out, const Scenario& scenario) { return out << scenario.name; }

/// Plays the scenario and checks the endings, then whether each result was honest: see `expectHonest`.
void run(const Scenario& scenario);

/// Makes one call to where no server of ours listens, so that nothing can be delivered, and checks the same.
void runWithoutServer(const ClientOptions& options, const Ending& ending);

/// Checks how a call ended, not whether it was honest.
void expectEnding(const Ending& ending, const Result<CancelAccepted>& result);

/// Compares a result with the server's own record of one order:
///   - a success was accepted by the server
///   - NotSent, Aborted and InvalidArgument: the server saw nothing
///   - the server saw no more requests than `sends` admits
///   - what the server may have acted on without the client seeing a 204 is `maybeApplied`
///   - the call has returned by its deadline
///   - no text shows a credential
void expectHonest(const Result<CancelAccepted>& result, const std::vector<Delivery>& deliveries,
                  std::chrono::milliseconds deadline);

/// The credentials of every scenario; servers echo them to see whether they show.
Credentials scenarioCredentials();

/// One attempt, for a look at a single thing; short time-outs, so that stalls do not take long.
void oneAttempt(ClientOptions& options);

/// Three attempts that follow each other closely.
void threeAttempts(ClientOptions& options);

}  // namespace alpaca::broker::test
