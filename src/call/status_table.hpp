#pragma once

#include "call/operation.hpp"
#include "http/message.hpp"
#include "http/transport.hpp"

#include <alpaca/broker/error.hpp>

#include <string>
#include <string_view>

namespace alpaca::broker::call {

/// Returns what a status means for any Broker API request that changes something. An endpoint may read a status in its
/// own way, above all its success. It then checks that first and leaves the rest to this. The error has no `message`
/// yet: that quotes the broker, and credentials must be taken out first.
Error errorForStatus(const http::HttpResponse& response);

/// Describes the broker's answer, followed by the error's `message` so far.
std::string describeAnswer(const Error& error);

/// True when the broker may have acted on a request without confirming it. Never true for a read, which changes
/// nothing.
bool leavesDoubt(const http::Exchange& exchange, const RequestSpec& spec) noexcept;

/// How logs and messages name a failure.
struct FailureNames {
  std::string_view errorType;    ///< one of a few fixed words, for OpenTelemetry's `error.type`
  std::string_view description;  ///< completes a sentence
};
FailureNames namesOf(http::Failure failure) noexcept;

/// The error of a request without an answer. The number of sends alone decides between "not sent" and "in doubt".
Error errorForNoAnswer(const http::Exchange& exchange);

}  // namespace alpaca::broker::call
