#pragma once

#include <string>

namespace alpaca::broker::platform {

/// Makes an empty file of a name that nothing else has, in the system's folder for such files, which no other user may
/// read or write. @return its path, empty when none could be made.
std::string makePrivateFile();

}  // namespace alpaca::broker::platform
