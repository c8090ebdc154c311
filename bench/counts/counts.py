#!/usr/bin/env python3
"""Counts the instructions (callgrind), allocations and system calls of one warm cancel.

usage: counts.py FOLDER [--check] [--json FILE]

FOLDER has the programs answering_server and warm_call. The counts depend neither on the clock nor on the load of the
machine, so --check can be a test: it fails when the SDK exceeds an allowed count. Each figure is the difference of two runs
of one program, with more and with fewer calls, which leaves the start-up out. Exits with 77 without valgrind: ctest reads
it as "skipped".
"""

import argparse
import collections
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

FEW, MANY = 200, 700
CLIENTS = {
    "plain": "libcurl, reused handle",
    "lean": "libcurl, lean settings",
    "leaner": "libcurl, those and own headers",
    "sdk": "this SDK",
}

Target = collections.namedtuple("Target", "name figure bound allowed")
Target.__doc__ = "A figure, its bound, and the figures that --check accepts."


def at_most(bound):
    return lambda figure: figure <= bound


def exactly(number):
    return lambda figure: figure == number


def anything(_):
    return True


class Server:
    def __init__(self, folder):
        self.process = subprocess.Popen([folder / "answering_server"], stdout=subprocess.PIPE, text=True)
        self.url = f"http://127.0.0.1:{int(self.process.stdout.readline())}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


class Counter:
    def __init__(self, folder, url):
        self.program, self.url = folder / "warm_call", url

    def run(self, client, calls, tool=()):
        command = [*tool, self.program, client, self.url, str(calls)]
        return subprocess.run(command, check=True, capture_output=True, text=True)

    def allocations(self, client):
        told = json.loads(self.run(client, MANY).stdout)
        return told["allocations"] / MANY, told["news"] / MANY

    def per_call(self, count):
        return (count(MANY) - count(FEW)) / (MANY - FEW)

    def instructions(self, client):
        tool = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]

        def count(calls):
            told = self.run(client, calls, tool).stderr
            return int(re.search(r"Collected : (\d+)", told).group(1))

        # Chance decides how often libcurl polls before the answer is there, and it only adds instructions.
        return min(self.per_call(count) for _ in range(2))

    def system_calls(self, client):
        """By name; None where they cannot be traced."""
        if not shutil.which("strace"):
            return None

        def count(calls):
            with tempfile.NamedTemporaryFile("r") as file:
                self.run(client, calls, ["strace", "-f", "-qq", "-o", file.name])
                names = re.findall(r"^\d+ +(\w+)\(", file.read(), re.MULTILINE)
            return {name: names.count(name) for name in set(names)}

        try:
            few, many = count(FEW), count(MANY)
        except subprocess.CalledProcessError:
            return None
        # A rarer one does not belong to a single call.
        each = {name: round((many[name] - few.get(name, 0)) / (MANY - FEW), 2) for name in many}
        return {name: number for name, number in sorted(each.items()) if number >= 0.1}


def measure(folder):
    with Server(folder) as server:
        counter = Counter(folder, server.url)
        results = {}
        for client in CLIENTS:
            every, own = counter.allocations(client)
            results[client] = {
                "instructions": round(counter.instructions(client)),
                "allocations": every,
                "own_allocations": own,
                "system_calls": counter.system_calls(client),
            }
        return results


def total(calls):
    return None if calls is None else round(sum(calls.values()), 2)


def without_polls(calls):
    return {name: round(number) for name, number in calls.items() if name != "poll"}


def targets(results):
    sdk, lean, leaner, plain = (results[name] for name in ("sdk", "lean", "leaner", "plain"))

    def ratio(other):
        return round(sdk["instructions"] / other["instructions"], 3)

    yield Target("instructions_ratio", ratio(lean), 1.05, at_most(1.05))
    yield Target("instructions_ratio_to_plain", ratio(plain), 0.80, at_most(0.80))
    # Missed. --check accepts the latest figure with some room for chance.
    yield Target("instructions_ratio_to_own_headers", ratio(leaner), 1.05, at_most(1.22))
    yield Target("allocations_extra", sdk["allocations"] - lean["allocations"], 4, at_most(4))
    # The one is the request id of the result.
    yield Target("allocations_own", sdk["own_allocations"], 1, exactly(1))
    yield Target("allocations_beyond_libcurls", sdk["allocations"] - leaner["allocations"], 1, exactly(1))
    if sdk["system_calls"] is None or lean["system_calls"] is None:
        return
    # The one is the check for unexpected data on the connection. Chance decides how often libcurl polls for an answer, and
    # nothing else.
    yield Target("syscalls_extra", round(total(sdk["system_calls"]) - total(lean["system_calls"]), 2), 1, anything)
    others = (sum(without_polls(row["system_calls"]).values()) for row in (sdk, lean))
    # Two of libcurl, and on Linux the check that the server had the whole request when it answered.
    yield Target("syscalls_besides_poll", *others, exactly(3))


def print_table(results):
    lean = results["lean"]["instructions"]
    print(f"\n{'one warm cancel, plain HTTP':32} {'instructions':>12} {'x lean':>10} {'allocations':>12} {'system calls':>13}")
    for client, row in results.items():
        calls = total(row["system_calls"])
        shown = "-" if calls is None else f"{calls:.1f}"
        print(f"{CLIENTS[client]:32} {row['instructions']:12,} {row['instructions'] / lean:10.2f} "
              f"{row['allocations']:12.0f} {shown:>13}")
    print(f"\nsystem calls of the SDK: {results['sdk']['system_calls']}")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--check", action="store_true")
    arguments.add_argument("--json", type=pathlib.Path)
    options = arguments.parse_args()
    if not shutil.which("valgrind"):
        print("skipped: valgrind is not installed")
        return 77

    results = measure(options.folder)
    print_table(results)
    all_targets = list(targets(results))
    print()
    for target in all_targets:
        verdict = "met" if target.figure <= target.bound else "MISSED"
        print(f"{target.name:34} {target.figure:8} at most {target.bound:5} {verdict}")
    if options.json:
        figures = {target.name: {"figure": target.figure, "bound": target.bound} for target in all_targets}
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps({**figures, "clients": results}, indent=2) + "\n")
    refused = [target for target in all_targets if not target.allowed(target.figure)]
    return 1 if options.check and refused else 0


if __name__ == "__main__":
    sys.exit(main())
