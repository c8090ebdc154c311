#!/usr/bin/env python3
"""Builds and runs the lines of the matrix: the library in other people's builds. Called by ./dev matrix.

usage: run.py [--list | --needs] [--cheap] [--write] [--missing FILE] [LINE...]

  --list     print the lines and what each proves
  --needs    print the tools that the lines need, by their names in the catalogue of ./dev
  --cheap    only the lines for every CI run
  --write    write the table into docs/matrix.md, with the latest result of each line on this machine
  --missing  a file that lists unavailable tools: lines that need one are skipped
"""

import argparse
import json
import pathlib
import sys
import time

import table
from lines import LINES
from packages import DebianPackages
from steps import StepFailed, Steps

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
WORK = REPOSITORY / "build/matrix"


def arguments():
    parser = argparse.ArgumentParser(prog="./dev matrix")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--needs", action="store_true")
    parser.add_argument("--cheap", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--missing", type=pathlib.Path)
    parser.add_argument("lines", nargs="*", metavar="LINE")
    return parser.parse_args()


def chosen(names, cheap):
    unknown = set(names) - {line.name for line in LINES}
    if unknown:
        sys.exit(f"matrix: there is no line {', '.join(sorted(unknown))}; see ./dev matrix --list")
    return [line for line in LINES if (not names or line.name in names) and (line.cheap or not cheap)]


def run(line, steps, missing):
    """Runs a line. Returns its result, and the reason if it did not pass."""
    absent = [need for need in line.needs if need in missing]
    if absent:
        return "skipped", "missing here: " + ", ".join(absent)
    folder = WORK / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{line.name}.log"
    log.unlink(missing_ok=True)
    try:
        for step in line.steps:
            steps.run(step, log)
    except StepFailed as failure:
        if log.exists():
            sys.stderr.write(log.read_text(encoding="utf-8", errors="replace")[-6000:])
        return "failed", str(failure)
    return "passed", ""


def remembered():
    path = WORK / "results.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def remember(name, result):
    text = json.dumps(remembered() | {name: result}, indent=1)
    (WORK / "results.json").write_text(text, encoding="utf-8")


def run_all(lines, missing):
    steps = Steps(REPOSITORY, WORK, DebianPackages(WORK))
    results = {}
    for line in lines:
        print(f"==> {line.name}: {line.proves}", flush=True)
        begin = time.monotonic()
        results[line.name] = run(line, steps, missing)
        remember(line.name, results[line.name])
        print(f"    {results[line.name][0]}, {time.monotonic() - begin:.0f} s", flush=True)
    return results


def main():
    wanted = arguments()
    lines = chosen(wanted.lines, wanted.cheap)
    if wanted.needs:
        print("\n".join(sorted({need for line in lines for need in line.needs})))
        return 0
    if wanted.list:
        print("\n".join(f"{line.name:24}{'cheap' if line.cheap else '':7}{line.proves}" for line in lines))
        return 0
    missing = wanted.missing.read_text(encoding="utf-8").split() if wanted.missing else []
    results = run_all(lines, missing)
    print("\n" + table.plain(lines, results))
    if wanted.write:
        table.write(REPOSITORY / "docs/matrix.md", LINES, remembered())
    return 1 if any(result == "failed" for result, _ in results.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
