#pragma once

#include "clients/client.hpp"

#include <memory>

namespace alpaca::broker::bench {

/// This SDK, told to keep its connection warm; nothing when this version cannot.
std::unique_ptr<Client> makeKeptWarm(const Site& site, const Orders& orders);

}  // namespace alpaca::broker::bench
