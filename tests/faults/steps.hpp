#pragma once

#include "support/scripted_server.hpp"

#include <chrono>
#include <string>
#include <thread>
#include <vector>

/// The steps with which scenarios script a server's connection: `{reads(), sends("HTTP/1.1 20"), resets()}`.
namespace alpaca::broker::test {

using Step = std::function<void(Peer&)>;

/// The steps on one connection, in order; then it is closed.
using Steps = std::vector<Step>;

inline ScriptedServer::Script play(Steps steps) {
  return [steps = std::move(steps)](Peer& peer) {
    for (const Step& step : steps) step(peer);
  };
}

/// Reads a request. Whether the server acted on it is unknown, unless a later step says so.
inline Step reads() {
  return [](Peer& peer) { peer.readRequest(); };
}

/// Waits for some bytes that are not a request: the beginning of a handshake.
inline Step receives() {
  return [](Peer& peer) { peer.readSome(); };
}

inline Step sends(std::string bytes) {
  return [bytes = std::move(bytes)](Peer& peer) { peer.send(bytes); };
}

/// Sends the bytes one by one, until the client closes the connection.
inline Step drips(std::string bytes, std::chrono::milliseconds pause) {
  return [bytes = std::move(bytes), pause](Peer& peer) {
    for (const char byte : bytes) {
      if (!peer.send(std::string_view(&byte, 1))) return;
      std::this_thread::sleep_for(pause);
    }
  };
}

/// Sends the bytes over and over, until the client closes the connection.
inline Step floods(std::string bytes, int times) {
  return [bytes = std::move(bytes), times](Peer& peer) {
    for (int i = 0; i < times && peer.send(bytes); ++i) {
    }
  };
}

inline Step resets() {
  return [](Peer& peer) { peer.reset(); };
}

inline Step closes() {
  return [](Peer& peer) { peer.close(); };
}

/// Closes without the close_notify that TLS requires.
inline Step cuts() {
  return [](Peer& peer) { peer.cut(); };
}

/// Does nothing until the client gives up.
inline Step stalls() {
  return [](Peer& peer) { peer.waitForClose(); };
}

inline Step waits(std::chrono::milliseconds time) {
  return [time](Peer& /*peer*/) { std::this_thread::sleep_for(time); };
}

/// Acts on a request and answers 204, in these bytes.
inline Step accepts(std::string bytes = kAccepted) {
  return [bytes = std::move(bytes)](Peer& peer) {
    if (peer.readRequest().empty()) return;
    peer.judge(Verdict::Accepted);
    peer.send(bytes);
  };
}

/// Answers with a status that says it did not act: 4xx.
inline Step refuses(std::string_view status, std::string_view body = {}, std::string_view headers = {}) {
  return [bytes = response(status, body, headers)](Peer& peer) {
    if (peer.readRequest().empty()) return;
    peer.judge(Verdict::Refused);
    peer.send(bytes);
  };
}

/// Answers with a status that leaves open whether it acted: 5xx, 2xx, 3xx.
inline Step answers(std::string_view status, std::string_view body = {}, std::string_view headers = {}) {
  return [bytes = response(status, body, headers)](Peer& peer) { peer.answer(bytes); };
}

}  // namespace alpaca::broker::test
