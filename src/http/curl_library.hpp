#pragma once

#include <string>

namespace alpaca::broker::http {

/// Initialises libcurl once per process. Never cleans it up, as other code may be using it.
///
/// @return what the loaded libcurl lacks; empty when it has everything that the guards need
std::string prepareCurl();

}  // namespace alpaca::broker::http
