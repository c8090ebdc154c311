#include "platform/process.hpp"

#include <windows.h>

namespace alpaca::broker::platform {

// There is no fork(): nothing is ever inherited. The number is read from the process's own memory.
long processId() noexcept { return static_cast<long>(::GetCurrentProcessId()); }

}  // namespace alpaca::broker::platform
