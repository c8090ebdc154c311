#pragma once

#include "otlp_file.hpp"

#include <alpaca/broker.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace otlp {

/// The current span of this thread; empty ids: none.
struct SpanContext {
  std::string traceId{};
  std::string spanId{};
};

inline SpanContext& currentSpan() {
  thread_local SpanContext current;
  return current;
}

/// The path without the account's id: that identifies a customer, and many people read traces. The order's id stays: it
/// is what one searches for, and it identifies nobody.
inline std::string pathWithoutAccount(const alpaca::broker::AttemptEvent& event) {
  std::string path(event.urlPath);
  if (event.accountId.empty()) return path;
  return path.replace(path.find(event.accountId), event.accountId.size(), "REDACTED");
}

/// A span around a call, on the calling thread: the parent of its attempts. Its kind is not client, because each
/// attempt is a client span, and the conventions allow only one level of them.
class CallSpan {
 public:
  CallSpan(SpanFile& file, std::string name) : file_(file), outer_(currentSpan()) {
    span_.traceId = outer_.traceId.empty() ? randomId(16) : outer_.traceId;
    span_.spanId = randomId(8);
    span_.parentSpanId = outer_.spanId;
    span_.name = std::move(name);
    span_.start = Clock::now();
    currentSpan() = {span_.traceId, span_.spanId};
  }

  ~CallSpan() {
    currentSpan() = outer_;
    span_.end = Clock::now();
    file_.add(std::move(span_));
  }
  CallSpan(const CallSpan&) = delete;
  CallSpan& operator=(const CallSpan&) = delete;

  /// For the `context` in the options of a call whose attempts run on other threads: they become children of this span,
  /// too.
  [[nodiscard]] std::shared_ptr<const SpanContext> context() const {
    return std::make_shared<const SpanContext>(SpanContext{span_.traceId, span_.spanId});
  }

  /// Attributes without a name in the conventions are named after the library.
  template <class T>
  void outcome(const alpaca::broker::OrderId& order, const alpaca::broker::Result<T>& result) {
    const alpaca::broker::CallInfo& call = result ? result.call() : result.error().call;
    span_.attributes = {{"alpaca_broker.order_id", order.str()},
                        {"alpaca_broker.request_id", call.requestId},
                        {"alpaca_broker.sends", std::int64_t{call.sends}},
                        {"alpaca_broker.maybe_applied", !result && result.error().maybeApplied}};
    span_.failed = !result;
    if (!result) span_.attributes.push_back({"error.type", std::string(toString(result.error().kind))});
  }

 private:
  SpanFile& file_;
  SpanContext outer_;
  Span span_;
};

/// For `ClientOptions::observer`: a client span for each attempt. Its parent is the span in its call's context, else
/// the thread's `CallSpan`. Asynchronous calls and batches run on other threads, which have no `CallSpan`. Without a
/// context, each of their calls is a trace of its own.
///
/// A context is passed without its type, so an app uses one type for all its contexts. For this class, that is
/// `SpanContext`.
class HttpSpans {
 public:
  HttpSpans(SpanFile& file, std::string baseUrl) : file_(&file), baseUrl_(std::move(baseUrl)) {}

  void operator()(const alpaca::broker::AttemptEvent& event) const {
    Span span;
    const SpanContext& parent = parentOf(event);
    span.traceId = parent.traceId.empty() ? traceWithoutCall(event) : parent.traceId;
    span.spanId = randomId(8);
    span.parentSpanId = parent.spanId;
    span.name = std::string(event.httpRequestMethod) + ' ' + std::string(event.urlTemplate);
    span.kind = SpanKind::Client;
    span.start = std::chrono::time_point_cast<Clock::duration>(event.startTime);
    span.end = span.start + std::chrono::duration_cast<Clock::duration>(event.duration);
    span.attributes = attributes(event);
    span.failed = !event.errorType.empty();
    file_->add(std::move(span));
  }

 private:
  static const SpanContext& parentOf(const alpaca::broker::AttemptEvent& event) {
    return event.context != nullptr ? *static_cast<const SpanContext*>(event.context) : currentSpan();
  }

  // The attempts of a call run in sequence on one thread; the first has a resend count of 0.
  static const std::string& traceWithoutCall(const alpaca::broker::AttemptEvent& event) {
    thread_local std::string trace;
    if (trace.empty() || event.httpRequestResendCount == 0) trace = randomId(16);
    return trace;
  }

  [[nodiscard]] std::vector<Attribute> attributes(const alpaca::broker::AttemptEvent& event) const {
    std::vector<Attribute> list{{"http.request.method", std::string(event.httpRequestMethod)},
                                {"url.full", baseUrl_ + pathWithoutAccount(event)},
                                {"url.template", std::string(event.urlTemplate)},
                                {"server.address", std::string(event.serverAddress)},
                                {"server.port", std::int64_t{event.serverPort}}};
    if (event.httpRequestResendCount > 0) {
      list.push_back({"http.request.resend_count", std::int64_t{event.httpRequestResendCount}});
    }
    if (event.httpResponseStatusCode) {
      list.push_back({"http.response.status_code", std::int64_t{*event.httpResponseStatusCode}});
      list.push_back({"http.response.header.x-request-id", std::vector{std::string(event.requestId)}});
    }
    if (!event.errorType.empty()) list.push_back({"error.type", std::string(event.errorType)});
    if (event.sends > 0) list.push_back({"network.protocol.version", std::string("1.1")});  // otherwise none
    list.push_back({"alpaca_broker.operation", std::string(event.operation)});
    list.push_back({"alpaca_broker.maybe_applied", event.maybeApplied});
    return list;
  }

  SpanFile* file_;
  std::string baseUrl_;
};

}  // namespace otlp
