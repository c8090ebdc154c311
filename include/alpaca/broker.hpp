#pragma once

/// Everything a trading app needs: `#include <alpaca/broker.hpp>`.

#include <alpaca/broker/async.hpp>
#include <alpaca/broker/batch.hpp>
#include <alpaca/broker/batch_confirm.hpp>
#include <alpaca/broker/call_event.hpp>
#include <alpaca/broker/call_info.hpp>
#include <alpaca/broker/call_options.hpp>
#include <alpaca/broker/cancel.hpp>
#include <alpaca/broker/cancel_all.hpp>
#include <alpaca/broker/client.hpp>
#include <alpaca/broker/confirm.hpp>
#include <alpaca/broker/credentials.hpp>
#include <alpaca/broker/decimal.hpp>
#include <alpaca/broker/error.hpp>
#include <alpaca/broker/function.hpp>
#include <alpaca/broker/ids.hpp>
#include <alpaca/broker/kill_switch.hpp>
#include <alpaca/broker/observer.hpp>
#include <alpaca/broker/open_enum.hpp>
#include <alpaca/broker/options.hpp>
#include <alpaca/broker/order.hpp>
#include <alpaca/broker/order_filter.hpp>
#include <alpaca/broker/order_status.hpp>
#include <alpaca/broker/order_terms.hpp>
#include <alpaca/broker/printable.hpp>
#include <alpaca/broker/result.hpp>
#include <alpaca/broker/rotation.hpp>
#include <alpaca/broker/stop.hpp>
#include <alpaca/broker/stop_on_interrupt.hpp>
#include <alpaca/broker/utc_time.hpp>
#include <alpaca/broker/version.hpp>
#include <alpaca/broker/warm_up.hpp>
