// A library with the client in it, for a program that has none: loaded, and perhaps unloaded, while it runs.
#include "faults/exit_client.hpp"

namespace {

std::optional<alpaca::broker::BrokerClient> client;

}  // namespace

extern "C" [[gnu::visibility("default")]] void useClient(const char* url, const char* caFile) {
  alpaca::broker::test::fill(client, alpaca::broker::test::exitOptions(url, caFile));
  alpaca::broker::test::beginCalls(*client);
}
