#!/usr/bin/env python3
"""Reads the files of the example otlp_trace as a collector would, and checks OpenTelemetry's conventions."""

import json
import re
import sys

INTERNAL, CLIENT, ERROR, CUMULATIVE = 1, 3, 2, 2
TEMPLATE = "/v1/trading/accounts/{account_id}/orders/{order_id}"
ACCOUNT = "3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b"


def check(truth, *what):
    if not truth:
        sys.exit("FAILED: " + " ".join(map(str, what)))


def value(of):
    check(len(of) == 1, "not exactly one value:", of)
    kind, content = next(iter(of.items()))
    if kind == "intValue":
        check(isinstance(content, str), "a 64-bit number is not a string:", content)
        return int(content)
    if kind == "arrayValue":
        return [value(entry) for entry in content["values"]]
    check(kind in ("stringValue", "boolValue"), "unknown kind:", kind)
    return content


def attributes(of):
    found = {entry["key"]: value(entry["value"]) for entry in of["attributes"]}
    check(len(found) == len(of["attributes"]), "a repeated key:", of)
    return found


def read(path, kind, plural):
    """The resources' lists of all lines, concatenated."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    check("mock-api-" not in text and "APCA" not in text, "a credential is in", path)
    check(ACCOUNT not in text, "an account is in", path)
    check(text.endswith("\n"), "an unfinished line is in", path)
    items = []
    for line in text.splitlines():
        data = json.loads(line)
        check(list(data) == ["resource" + plural], "not only", plural, "in a line:", list(data))
        for resource in data["resource" + plural]:
            check(attributes(resource["resource"]) == {"service.name": "desk"}, "who reports?")
            for scoped in resource["scope" + plural]:
                check(scoped["scope"]["name"] == "alpaca-broker-cpp", scoped["scope"])
                items += scoped[kind]
    return items


def check_span(span):
    check(re.fullmatch("[0-9a-f]{32}", span["traceId"]) and int(span["traceId"], 16), span)
    check(re.fullmatch("[0-9a-f]{16}", span["spanId"]) and int(span["spanId"], 16), span)
    for time in ("startTimeUnixNano", "endTimeUnixNano"):
        check(isinstance(span[time], str) and len(span[time]) == 19, time, "is not in nanoseconds since 1970:", span)
    check(int(span["startTimeUnixNano"]) < int(span["endTimeUnixNano"]), "ends before it starts:", span)


def check_attempt(span, resends):
    found = attributes(span)
    check(span["kind"] == CLIENT, "an attempt's kind:", span)
    check(span["name"] == "DELETE " + TEMPLATE, span["name"])
    check(found["http.request.method"] == "DELETE" and found["url.template"] == TEMPLATE, found)
    check(found["server.address"] == "127.0.0.1" and found["server.port"] > 0, found)
    prefix = f"http://127.0.0.1:{found['server.port']}/v1/trading/accounts/REDACTED/orders/"
    check(found["url.full"].startswith(prefix), found["url.full"])
    check(found.get("http.request.resend_count") == (resends or None), "attempt", resends, "counts", found)
    status = found.get("http.response.status_code")
    check(("error.type" in found) == (status != 204), "error.type and the status do not agree:", found)
    check(status in (None, 204) or found["error.type"] == str(status), found)
    check(span["status"] == ({} if status == 204 else {"code": ERROR}), span["status"])
    sent = found.get("error.type") != "connect_failed"
    check(found.get("network.protocol.version") == ("1.1" if sent else None), found)
    check(status is None or len(found["http.response.header.x-request-id"][0]) == 32, found)
    check(found["alpaca_broker.operation"] == "cancelOrder", found)
    return found


def check_spans(spans):
    for span in spans:
        check_span(span)
    check(len({span["spanId"] for span in spans}) == len(spans), "a repeated span id")
    calls = {span["spanId"]: span for span in spans if span["kind"] == INTERNAL}
    told = {}
    for call in calls.values():
        check(call["name"] == "cancelOrder" and "parentSpanId" not in call, call)
        check(not any(key.startswith("http.") for key in attributes(call)), "a call has request attributes:", call)
        children = sorted(
            (span for span in spans if span.get("parentSpanId") == call["spanId"]),
            key=lambda span: int(span["startTimeUnixNano"]),
        )
        check(children, "a call has no attempt:", call)
        for resends, child in enumerate(children):
            check(child["traceId"] == call["traceId"], "a child is in another trace:", child)
            check(int(child["endTimeUnixNano"]) <= int(call["endTimeUnixNano"]), "a child outlives its parent:", child)
            check_attempt(child, resends)
        found = attributes(call)
        ends = [attributes(child).get("http.response.status_code", 0) for child in children]
        check(call["status"] == ({} if ends[-1] == 204 else {"code": ERROR}), call)
        told[found["alpaca_broker.order_id"]] = (ends, found.get("error.type"), found["alpaca_broker.maybe_applied"])
    expected = {
        "accepted-at-once": ([204], None, False),
        "accepted-at-the-third": ([502, 429, 204], None, False),
        "refused-after-doubt": ([502, 422], "NotCancelable", True),
        "never-answered": ([0, 0, 0], "InDoubt", True),
        "elsewhere": ([502, 204], None, False),
        "nobody-there": ([0, 0, 0], "NotSent", False),
    }
    check(told == expected, "the calls were", told)
    orphans = [span for span in spans if span["kind"] == CLIENT and span.get("parentSpanId") not in calls]
    check(len(orphans) == 1 and "parentSpanId" not in orphans[0], "one call was made on another thread, without a context:", orphans)
    check(attributes(orphans[0])["url.full"].endswith("/orders/elsewhere-without-parent"), orphans)
    check(len(calls) == len({span["traceId"] for span in spans}) - 1, "each call is a trace")


def check_metrics(metrics):
    check([metric["name"] for metric in metrics] == ["http.client.request.duration"], metrics)
    check(metrics[0]["unit"] == "s", metrics[0])
    histogram = metrics[0]["histogram"]
    check(histogram["aggregationTemporality"] == CUMULATIVE, histogram)
    counts = {}
    for point in histogram["dataPoints"]:
        found = attributes(point)
        check(not any("order_id" in key or "url.full" == key for key in found), "a metric contains an id:", found)
        check(len(point["bucketCounts"]) == len(point["explicitBounds"]) + 1, point)
        check(sum(map(int, point["bucketCounts"])) == int(point["count"]), point)
        check(point["sum"] > 0 and point["explicitBounds"][0] == 0.005, point)
        status = found.get("http.response.status_code", 0)
        counts[status] = counts.get(status, 0) + int(point["count"])
    check(counts == {204: 4, 502: 3, 429: 1, 422: 1, 0: 6}, "counted", counts)


check_spans(read(sys.argv[1], "spans", "Spans"))
check_metrics(read(sys.argv[2], "metrics", "Metrics"))
print("both files say what happened")
