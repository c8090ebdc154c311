#!/usr/bin/env python3
"""Removes each guard in turn, and expects the test that the list names for it to fail.

usage: run.py [--only WORD] SOURCE_FOLDER WORK_FOLDER

A guard is untested if its test still passes without it. Works on a copy of the sources.
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
    """Applies the mutation. Returns the original texts, to restore them afterwards."""
    originals = {}
    for edit in [mutation] + ([mutation["and"]] if "and" in mutation else []):
        path = copy / edit["file"]
        text = path.read_text()
        originals.setdefault(path, text)
        if text.count(edit["from"]) != 1:
            sys.exit(f"{mutation['guard']}: '{edit['from']}' occurs {text.count(edit['from'])} times in {edit['file']}")
        path.write_text(text.replace(edit["from"], edit["to"]))
    return originals


def configure(copy, folder):
    # A mutation may leave something unused, which must not fail the build.
    launcher = [f"-DCMAKE_CXX_COMPILER_LAUNCHER={shutil.which('ccache')}"] if shutil.which("ccache") else []
    if not (folder / "build.ninja").exists():
        subprocess.run(["cmake", "-S", copy, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=None", "-DCMAKE_CXX_FLAGS=-O0",
                        "-DALPACA_BROKER_INSTALL=OFF", *launcher], check=True, stdout=subprocess.DEVNULL)


def build(folder, targets):
    result = subprocess.run(["cmake", "--build", folder, "--parallel", "2", "--target", *targets], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(result.stdout[-3000:])


def programs_of_tests(folder):
    """Maps each test to its program."""
    shown = subprocess.run(["ctest", "--test-dir", folder, "--show-only=json-v1"], capture_output=True, text=True, check=True)
    tests = [test for test in json.loads(shown.stdout)["tests"] if "command" in test]
    return {test["name"]: pathlib.Path(test["command"][0]).name for test in tests}


def passes(folder, test):
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
    configure(copy, folder)
    build(folder, TARGETS)
    programs = programs_of_tests(folder)
    mutations = load(source, only)
    missed = 0
    for mutation in mutations:
        if mutation["test"] not in programs:
            sys.exit(f"there is no test {mutation['test']}")
        target = programs[mutation["test"]]
        build(folder, [target])
        if not passes(folder, mutation["test"]):
            sys.exit(f"{mutation['test']} fails with the guard in place")
        originals = apply(copy, mutation)
        try:
            build(folder, [target])
            survived = passes(folder, mutation["test"])
        finally:
            for path, text in originals.items():
                path.write_text(text)
        missed += survived
        print(f"{'NOT MISSED' if survived else 'missed':11} {mutation['guard']}: {mutation['test']}", flush=True)
    print(f"{len(mutations)} guards taken out, {len(mutations) - missed} of them missed by their test")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
