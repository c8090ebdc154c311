#pragma once

#include <string>

namespace alpaca::broker::http {

/// Initialises libcurl once for the process, and never cleans it up: others may be using it.
///
/// @return what the libcurl that was loaded lacks, or an empty string when it has all that the guards need.
std::string prepareCurl();

}  // namespace alpaca::broker::http
