#include "platform/process.hpp"

#include <windows.h>

namespace alpaca::broker::platform {

// There is no fork(), so nothing is ever inherited. The id is read from the process's own memory.
long processId() noexcept { return static_cast<long>(::GetCurrentProcessId()); }

}  // namespace alpaca::broker::platform
