#!/usr/bin/env python3
"""Takes out one guard after the other and expects the test that is named beside it to fail.

usage: run.py [--only WORD] SOURCE_FOLDER WORK_FOLDER

A guard whose test still passes without it is a guard that nobody would miss. Works on a copy of the sources.
"""
import json
import pathlib
import shutil
import subprocess
import sys

LISTS = ["guards.json", "outcomes.json", "features.json"]
TARGETS = ["unit_tests", "integration_tests", "fault_tests", "memory_tests"]


def load(folder, only):
    mutations = []
    for name in LISTS:
        mutations += json.loads((folder / "tests/mutations" / name).read_text())
    return [m for m in mutations if only in m["guard"]]


def copy_sources(source, copy):
    copy.mkdir(parents=True, exist_ok=True)
    files = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=source, check=True, text=True,
                           capture_output=True).stdout.split()
    for file in files:
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        if not (copy / file).exists() or (copy / file).read_bytes() != (source / file).read_bytes():
            shutil.copyfile(source / file, copy / file)


def apply(copy, mutation):
    """Returns what to write back afterwards."""
    originals = {}
    for edit in [mutation] + ([mutation["and"]] if "and" in mutation else []):
        path = copy / edit["file"]
        text = path.read_text()
        originals.setdefault(path, text)
        if text.count(edit["from"]) != 1:
            sys.exit(f"{mutation['guard']}: '{edit['from']}' stands {text.count(edit['from'])} times in {edit['file']}")
        path.write_text(text.replace(edit["from"], edit["to"]))
    return originals


def build(copy, folder):
    # A mutation may leave something unused: that is no reason to stop.
    if not (folder / "build.ninja").exists():
        subprocess.run(["cmake", "-S", copy, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug",
                        "-DALPACA_BROKER_INSTALL=OFF"], check=True, stdout=subprocess.DEVNULL)
    result = subprocess.run(["cmake", "--build", folder, "--parallel", "2", "--target", *TARGETS], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(result.stdout[-3000:])


def passes(folder, test):
    names = subprocess.run(["ctest", "--test-dir", folder, "-N", "-R", f"^{test}$"], capture_output=True, text=True)
    if "Total Tests: 1" not in names.stdout:
        sys.exit(f"there is no test {test}")
    return subprocess.run(["ctest", "--test-dir", folder, "-R", f"^{test}$", "--timeout", "60"],
                          capture_output=True).returncode == 0


def main():
    arguments = sys.argv[1:]
    only = ""
    if arguments[:1] == ["--only"]:
        only, arguments = arguments[1], arguments[2:]
    source, work = (pathlib.Path(argument).resolve() for argument in arguments)
    copy, folder = work / "source", work / "build"
    copy_sources(source, copy)
    build(copy, folder)
    mutations = load(source, only)
    missed = 0
    for mutation in mutations:
        if not passes(folder, mutation["test"]):
            sys.exit(f"{mutation['test']} fails with the guard in place")
        originals = apply(copy, mutation)
        try:
            build(copy, folder)
            survived = passes(folder, mutation["test"])
        finally:
            for path, text in originals.items():
                path.write_text(text)
        build(copy, folder)
        missed += survived
        print(f"{'NOT MISSED' if survived else 'missed':11} {mutation['guard']}: {mutation['test']}", flush=True)
    print(f"{len(mutations)} guards taken out, {len(mutations) - missed} of them missed by their test")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
