#pragma once

#include "clients/client.hpp"

#include <string>

/// What nginx is told.
namespace alpaca::broker::bench {

std::string nginxConfiguration(int keepAlivePort, int shortIdlePort, int closingPort);

/// The answers. A request without the site's credentials is refused, so that no client can leave them out.
std::string nginxRoutes(const Site& site, const std::string& refusedPrefix);

}  // namespace alpaca::broker::bench
