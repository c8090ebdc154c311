#pragma once

#include "clients/client.hpp"

#include <memory>

namespace alpaca::broker::bench {

/// This SDK, told to keep its connection warm.
std::unique_ptr<Client> makeKeptWarm(const Site& site, const Orders& orders);

}  // namespace alpaca::broker::bench
