#pragma once

#include "call/operation.hpp"
#include "http/message.hpp"
#include "http/transport.hpp"

#include <alpaca/broker/error.hpp>

namespace alpaca::broker::call {

/// What a status means anywhere in the Broker API, for a request that changes something. An endpoint that reads a
/// status in its own way (its success, above all) looks first and leaves the rest to this.
/// Has no `message` yet: that quotes the broker, and waits until credentials have been taken out.
Error errorForStatus(const http::HttpResponse& response);

/// Says what the broker answered, followed by what the error's `message` says about that answer so far.
std::string describeAnswer(const Error& error);

/// True when the broker may have acted on a request although it did not say so plainly, which the success would have
/// done. Nothing to doubt about where nothing is changed.
bool leavesDoubt(const http::Exchange& exchange, const RequestSpec& spec) noexcept;

/// What it means that no answer came. Only the number of sends decides between "not sent" and "in doubt".
Error errorForNoAnswer(const http::Exchange& exchange);

}  // namespace alpaca::broker::call
