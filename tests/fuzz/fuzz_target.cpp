#include "fuzz/fuzz_target.hpp"

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  alpaca::broker::fuzz::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
