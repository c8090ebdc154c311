#pragma once

#include <alpaca/broker/batch.hpp>
#include <alpaca/broker/batch_confirm.hpp>
#include <alpaca/broker/confirm.hpp>
#include <alpaca/broker/credentials.hpp>
#include <alpaca/broker/error.hpp>
#include <alpaca/broker/kill_switch.hpp>
#include <alpaca/broker/options.hpp>
#include <alpaca/broker/order_filter.hpp>

#include <optional>

namespace alpaca::broker::model {

/// Returns the first fault in the values: the field's name and what would be accepted. Never repeats a credential.
std::optional<Error> validate(const Credentials& credentials);
std::optional<Error> validate(const CallOptions& options);
std::optional<Error> validate(const BatchOptions& options);
std::optional<Error> validate(const ConfirmOptions& options);
std::optional<Error> validate(const BatchConfirmOptions& options);
std::optional<Error> validate(const KillSwitchOptions& options);
std::optional<Error> validate(const OrderFilter& filter);

}  // namespace alpaca::broker::model
