#pragma once

#include <string>

namespace alpaca::broker::platform {

/// Makes an empty file with a unique name in the system's temporary folder. No other user may read or write it.
/// @return its path, empty when the file could not be made.
std::string makePrivateFile();

}  // namespace alpaca::broker::platform
