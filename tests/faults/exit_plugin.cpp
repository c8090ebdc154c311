// A shared library that contains the client. A program without it loads and perhaps unloads it at run time.
#include "faults/exit_client.hpp"

namespace {

std::optional<alpaca::broker::BrokerClient> client;

}  // namespace

extern "C" [[gnu::visibility("default")]] void useClient(const char* url, const char* caFile) {
  alpaca::broker::test::fill(client, alpaca::broker::test::exitOptions(url, caFile));
  alpaca::broker::test::beginCalls(*client);
}
