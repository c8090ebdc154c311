#pragma once

/// Everything a trading app needs: `#include <alpaca/broker.hpp>`.

#include <alpaca/broker/async.hpp>
#include <alpaca/broker/call_info.hpp>
#include <alpaca/broker/cancel.hpp>
#include <alpaca/broker/client.hpp>
#include <alpaca/broker/credentials.hpp>
#include <alpaca/broker/error.hpp>
#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/observer.hpp>
#include <alpaca/broker/options.hpp>
#include <alpaca/broker/result.hpp>
#include <alpaca/broker/stop.hpp>
#include <alpaca/broker/version.hpp>
