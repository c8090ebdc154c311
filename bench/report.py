#!/usr/bin/env python3
"""Makes the report: results.json with all figures, table.md with the same for people, and *.dat for the plots.

usage: report.py FOLDER

Writes table.md and batch.dat again, from the results.json in the folder. run.py makes all files from a new run.
"""
import json
import math
import pathlib
import sys

LIMIT, LEANEST, PLAIN = "raw TLS socket", "libcurl, leanest", "libcurl, plain"
KEPT_OPEN = "raw TLS socket, kept open"
BATCH = 1000
ROUND_TRIP_US = 20_000
PERCENTILES = [*range(1, 91), 92, 94, 95, 96, 97, 98, 99, 99.2, 99.4, 99.6, 99.8, 99.9]
COUNTS = {
    "instructions_ratio": "instructions, SDK : libcurl, lean settings",
    "instructions_ratio_to_own_headers": "instructions, SDK : the same with own headers",
    "instructions_ratio_to_plain": "instructions, SDK : libcurl, plain",
    "syscalls_extra": "system calls, SDK - libcurl, lean settings",
    "allocations_extra": "allocations, SDK - libcurl, lean settings",
}


# Figures

def quantile(values, part):
    """The smallest value that is at least as large as this part (0 to 1) of all values."""
    return sorted(values)[max(math.ceil(part * len(values)), 1) - 1]


def median(values):
    return quantile(values, 0.5)


def spread(values):
    return {"median": median(values), "low": quantile(values, 0.25), "high": quantile(values, 0.75)}


def every(series):
    return [time for one in series["us"] for time in one]


def line_of(series, others):
    """One client in one situation. A ratio is the median of the ratios of each round."""
    def to(name):
        base = next((other for other in others if other["client"] == name), None)
        return base and spread([median(own) / median(its) for own, its in zip(series["us"], base["us"])])

    times = every(series)
    calls = series["calls_per_round"] * len(series["us"])
    return {
        "client": series["client"], "calls": calls, "p50_us": median(times), "p99_us": quantile(times, 0.99),
        "max_us": max(times), "per_second": calls / sum(series["seconds"]), "cpu_us_per_call": median(series["cpu_us"]),
        "to_limit": to(LIMIT), "to_leanest": to(LEANEST), "to_plain": to(PLAIN), "round_trips": to(KEPT_OPEN),
        "repeated": series.get("repeated"),
    }


def row_of(row):
    connections = row.get("connections", 0)
    return {"situation": row["situation"], "link": row["link"], "batch": BATCH if connections else 0,
            "connections": connections, "lines": [line_of(one, row["clients"]) for one in row["clients"]]}


def openings_of(measured):
    """The bound is one load of the CA certificates and 1.2 handshakes for each connection."""
    count = measured["connections"]
    parts = zip(measured["sdk_cpu_ms"], measured["authorities_cpu_ms"], measured["handshake_cpu_ms"])
    ratios = [sdk / (authorities + count * 1.2 * handshake) for sdk, authorities, handshake in parts]
    medians = {name: median(values) for name, values in measured.items() if name != "connections"}
    return {"connections": count, **medians, "to_bound": spread(ratios)}


def submits_of(measured):
    lines = []
    for one in measured:
        times = one["us"]
        line = {"load": one["load"], "what": one["what"], "submits": len(times), "p50_us": median(times),
                "p99_us": quantile(times, 0.99), "max_us": max(times)}
        limit = line if one["what"] == "plain limit" else limit
        lines.append({**line, "p50_to_limit": line["p50_us"] / limit["p50_us"],
                      "p99_to_limit": line["p99_us"] / limit["p99_us"]})
    return lines


def find(results, situation, link, client):
    row = next(row for row in results["rows"] if (row["situation"], row["link"]) == (situation, link))
    return next(line for line in row["lines"] if line["client"] == client)


def targets_of(results, counts):
    """Every target of the library, with its bound."""
    def target(number, what, figure, bound, unit=""):
        return {"target": number, "what": what, "figure": figure, "bound": bound, "unit": unit, "met": figure <= bound}

    for key, what in COUNTS.items():
        if key in counts:
            yield target("1", f"warm cancel, {what}", counts[key]["figure"], counts[key]["bound"])
    sdk = find(results, "warm cancel, 204", "loopback", "SDK")
    yield target("1", "warm cancel, p50, SDK : leanest libcurl, own headers", sdk["to_leanest"]["median"], 1.02)
    yield target("1", "warm cancel, p50, SDK : raw TLS socket", sdk["to_limit"]["median"], 1.35)
    kept_warm = find(results, "after idle, 204", "20 ms RTT", "SDK, keep-warm")
    yield target("2", "after idle, keep-warm on, p50, 20 ms RTT", kept_warm["round_trips"]["median"], 1.05, "RTT")
    batch = find(results, f"{BATCH} cancels, 32 connections", "20 ms RTT", "SDK, batch")
    yield target("3", f"{BATCH} cancels, 32 connections, 20 ms RTT, SDK : raw TLS sockets", batch["to_limit"]["median"],
                 1.05)
    yield target("4", "32 cold connections, CPU, SDK : one CA load + 32 handshakes x 1.2",
                 results["openings"]["to_bound"]["median"], 1.0)
    for line in results["submits"]:
        if line["what"] != "plain limit":
            yield target("5", f"asynchronous submit, {line['load']}, {line['what']}, p99", line["p99_us"], 5.0, "us")
    memory = results["memory"]
    growth = memory["resident_bytes"][-1] - memory["resident_bytes"][0]  # in whole pages
    yield target("6", f"growth over {memory['calls']} warm calls", growth / memory["calls"], 1.0, "bytes per call")
    yield target("6", "an idle connection, SDK : libcurl's multi handle",
                 memory["sdk_bytes_per_connection"] / memory["multi_handle_bytes_per_connection"], 1.25)


def summary(measured, counts):
    results = {**{key: measured[key] for key in ("started", "mode", "seconds", "machine")}, "targets": [],
               "rows": [row_of(row) for row in measured["rows"]], "openings": openings_of(measured["openings"]),
               "submits": submits_of(measured["submits"]), "memory": measured["memory"]}
    results["targets"] = list(targets_of(results, counts))
    call = find(results, "warm cancel, 204", "20 ms RTT", LIMIT)["p50_us"]
    if not ROUND_TRIP_US <= call <= 1.5 * ROUND_TRIP_US:
        sys.exit(f"the run is void: a call over the delayed line takes {call} us")
    return results


# Text

def number(value):
    """Accurate to about half a percent."""
    return f"{value:.{2 if abs(value) < 10 else 1 if abs(value) < 100 else 0}f}"


def ratio(values):
    return f"{values['median']:.3f}" if values else ""


def middle_half(values):
    return f"{values['low']:.3f} to {values['high']:.3f}" if values else ""


def table(heads, lines):
    """Markdown with aligned columns."""
    widths = [max(3, *(len(cells[i]) for cells in [heads, *lines])) for i in range(len(heads))]

    def row(cells):
        padded = [cell.rjust(width) for cell, width in zip(cells, widths)]
        return f"| {' | '.join([cells[0].ljust(widths[0]), *padded[1:]])} |\n"

    rule = "|".join(["-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])])
    return row(heads) + f"|{rule}|\n" + "".join(map(row, lines))


def head_text(results):
    machine = results["machine"]
    return (f"Measured by `./dev bench` ({results['mode']}, {results['seconds'] / 60:.1f} minutes) on "
            f"{results['started']}.\n\n{machine['processor']}, {machine['cores']} cores; {machine['system']}, Linux "
            f"{machine['kernel']}; {machine['compiler']}; {machine['curl']}; {machine['openssl']}; {machine['nginx']}; "
            f"Boost {machine['boost']}; cpp-httplib {machine['httplib']}; SDK {machine['sdk']}. Load average before the "
            f"start: {machine['load_before']:.2f}.\n")


def target_text(targets):
    def cells(target):
        unit = f" {target['unit']}".rstrip()
        return [f"{target['target']}: {target['what']}", f"{target['figure']:.3f}{unit}", f"{target['bound']:.2f}{unit}",
                "pass" if target["met"] else "MISS"]

    return table(["target", "figure", "at most", ""], [cells(target) for target in targets])


def single_text(row):
    heads = ["client", "calls", "p50 us", "p99 us", "calls/s", "CPU us", "x limit", "x leanest", "x plain",
             "x leanest, middle half"]
    after_idle = row["lines"][0]["repeated"] is not None

    def cells(line):
        more = [ratio(line["round_trips"]), str(line["repeated"])] if after_idle else []
        return [line["client"], str(line["calls"]),
                *(number(line[key]) for key in ("p50_us", "p99_us", "per_second", "cpu_us_per_call")),
                *(ratio(line[key]) for key in ("to_limit", "to_leanest", "to_plain")), middle_half(line["to_leanest"]), *more]

    return table(heads + (["round trips", "failed at first"] if after_idle else []), [cells(line) for line in row["lines"]])


def batch_text(row):
    heads = ["client", "batches", "p50 ms", "max ms", "cancels/s", "CPU us", "x limit", "x leanest", "x limit, middle half"]
    return table(heads, [
        [line["client"], str(line["calls"] // row["batch"]), number(line["p50_us"] / 1e3), number(line["max_us"] / 1e3),
         number(line["per_second"]), number(line["cpu_us_per_call"]), ratio(line["to_limit"]), ratio(line["to_leanest"]),
         middle_half(line["to_limit"])] for line in row["lines"]])


def opening_text(openings):
    return table(["what", "ms"], [[what, number(openings[key])] for what, key in (
        ("loading the system's CA certificates once", "authorities_cpu_ms"),
        ("one handshake and call of the raw socket", "handshake_cpu_ms"),
        ("the SDK: a new client and all connections", "sdk_cpu_ms"),
        ("libcurl, leanest: a handle for each", "leanest_cpu_ms"))])


def submit_text(submits):
    return table(["load", "submits", "p50 us", "p99 us", "max us", "p50 x limit", "p99 x limit"], [
        [f"{line['load']}, {line['what']}", str(line["submits"]), number(line["p50_us"]), number(line["p99_us"]),
         number(line["max_us"]), f"{line['p50_to_limit']:.1f}", f"{line['p99_to_limit']:.1f}"] for line in submits])


def memory_text(memory):
    steps = len(memory["resident_bytes"]) - 1
    rows = [[f"resident after {memory['calls'] * i // steps} calls", bytes_] for i, bytes_ in
            enumerate(memory["resident_bytes"])]
    rows += [["heap per idle connection, SDK", memory["sdk_bytes_per_connection"]],
             ["the same, libcurl: one multi handle", memory["multi_handle_bytes_per_connection"]]]
    return table(["what", "KiB"], [[what, number(bytes_ / 1024)] for what, bytes_ in rows])


def text_of(results):
    def section(title, text):
        return f"\n{title}\n\n{text}"

    def rows(text, batches):
        return "".join(section(f"### {row['situation']}, {row['link']}", text(row)) for row in results["rows"]
                       if bool(row["batch"]) == batches)

    return "".join([
        "# The latest run\n\n", head_text(results), section("## Targets", target_text(results["targets"])),
        "\n## Single calls\n", rows(single_text, False), "\n## Many cancels\n", rows(batch_text, True),
        "\n## What else it costs\n",
        section(f"### {results['openings']['connections']} cold connections at once, 20 ms RTT, CPU",
                opening_text(results["openings"])),
        section("### Submitting an asynchronous cancel, on the submitting thread", submit_text(results["submits"])),
        section(f"### Memory, {results['memory']['connections']} connections", memory_text(results["memory"])),
    ])


# Plots

def plot_data(head, names, lines):
    """For gnuplot: a column for each client, with its name in the first line."""
    rows = [" ".join([head, *(f'"{name}"' for name in names)])]
    return "\n".join(rows + [" ".join(f"{value:.6g}" for value in line) for line in lines]) + "\n"


def latency_data(measured):
    clients = next(row for row in measured["rows"] if row["link"] == "loopback")["clients"]
    times = [sorted(every(series)) for series in clients]
    return plot_data("percentile", [series["client"] for series in clients],
                     [[part, *(quantile(each, part / 100) for each in times)] for part in PERCENTILES])


def batch_data(results):
    rows = [row for row in results["rows"] if row["batch"]]
    return plot_data("connections", [line["client"] for line in rows[0]["lines"]],
                     [[row["connections"], *(line["p50_us"] / 1e6 for line in row["lines"])] for row in rows])


def write_text(results, folder):
    (folder / "table.md").write_text(text_of(results))
    (folder / "batch.dat").write_text(batch_data(results))


def write(measured, folder):
    """Makes all files from the times that side_by_side measured, and from counts.json in the folder."""
    results = summary(measured, json.loads((folder / "counts.json").read_text()))
    (folder / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    (folder / "latency.dat").write_text(latency_data(measured))
    write_text(results, folder)


if __name__ == "__main__":
    write_text(json.loads((pathlib.Path(sys.argv[1]) / "results.json").read_text()), pathlib.Path(sys.argv[1]))
