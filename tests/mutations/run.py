#!/usr/bin/env python3
"""Removes each guard in turn and expects the test that is named beside it to fail.

usage: run.py [--only WORD] SOURCE_FOLDER WORK_FOLDER
       run.py --page SOURCE_FOLDER        prints docs/guards.md
       run.py --check-page SOURCE_FOLDER  fails unless docs/guards.md is what --page prints

A guard is the code below a comment "// guard: its name" in the sources. A mutation deletes the statement there, or
replaces a piece of it. It works on a copy of the sources.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys

LISTS = ["guards.json", "outcomes.json", "features.json"]
TARGETS = ["unit_tests", "integration_tests", "fault_tests", "memory_tests"]
REACH = 12  # lines behind the comment
PAGE = """# Guards

A guard is a piece of code that keeps an answer honest. In the sources a comment, `// guard: its name`, is above it.
`./dev mutations` removes each guard and expects its test to fail; [`tests/mutations`](../tests/mutations) says how each
is removed. A guard whose removal no test notices may not stay.

This page is generated: `python3 tests/mutations/run.py --page . > docs/guards.md`.

| guard | where | what fails without it |
|---|---|---|
"""


def load(folder, only=""):
    mutations = []
    for name in LISTS:
        mutations += json.loads((folder / "tests/mutations" / name).read_text())
    return [m for m in mutations if only in m["guard"]]


def places_of_guards(folder):
    """Where each guard's code begins: name -> [(file, offset), ...]."""
    places = {}
    for top in ("include", "src"):
        for path in sorted((folder / top).rglob("*.[ch]pp")):
            for comment in re.finditer(r"^ *// guard: (.*)\n(?: *//.*\n)*", path.read_text(), re.M):
                for name in re.findall(r"// guard: (.*)\n", comment.group(0)):
                    places.setdefault(name, []).append((path.relative_to(folder), comment.end()))
    return places


def statement_end(text, start):
    depth = 0
    for piece in re.finditer(r"//[^\n]*|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])'|.", text[start:], re.S):
        character = piece.group(0)
        depth += (character in "([{") - (character in ")]}")
        rest = text[start + piece.end():].lstrip()
        if depth == 0 and (character == ";" or (character == "}" and not rest.startswith(("else", ";", ",", ")", ".", "(")))):
            return start + piece.end()
    raise ValueError("the statement has no end")


def mutated(text, start, edit):
    if "delete" in edit:
        return text[:start] + text[statement_end(text, start):]
    reach = start + len("".join(text[start:].splitlines(keepends=True)[:REACH]))
    at = text.find(edit["from"], start, reach)
    if at < 0:
        raise ValueError(f"'{edit['from']}' is not there")
    return text[:at] + edit["to"] + text[at + len(edit["from"]):]


def changes(folder, mutation, places):
    """The files that a mutation changes, one edit after the other: (path, text before, text after)."""
    edits = [mutation] + ([mutation["and"]] if "and" in mutation else [])  # in the order of the comments
    found = places.get(mutation["guard"], [])
    if len(found) != len(edits):
        sys.exit(f"{mutation['guard']}: {len(found)} comments name it, not {len(edits)}")
    texts = {}
    for edit, (file, start) in reversed(list(zip(edits, found))):  # from the end: offsets stay true
        path = folder / file
        text = texts.get(path) or path.read_text()
        try:
            texts[path] = mutated(text, start, edit)
        except ValueError as error:
            sys.exit(f"{mutation['guard']}: {error}")
        yield path, text, texts[path]


def apply(copy, mutation, places):
    """Changes the copy. @return the texts to write back afterwards"""
    originals = {}
    for path, text, changed in changes(copy, mutation, places):
        originals.setdefault(path, text)
        path.write_text(changed)
    return originals


def page(folder):
    places = places_of_guards(folder)
    unknown = set(places) - {m["guard"] for m in load(folder)}
    if unknown:
        sys.exit(f"no mutation is named: {', '.join(sorted(unknown))}")
    rows = []
    for mutation in load(folder):
        path = list(changes(folder, mutation, places))[0][0]
        rows.append(f"| {mutation['guard']} | `{path.relative_to(folder).as_posix()}` | `{mutation['test']}` |\n")
    return PAGE + "".join(rows)


def copy_sources(source, copy):
    files = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=source, check=True, text=True,
                           capture_output=True).stdout.split()
    for old in [path for path in copy.rglob("*") if path.is_file()]:  # of an earlier run
        if old.relative_to(copy).as_posix() not in files:
            old.unlink()
    for file in files:
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        if not (copy / file).exists() or (copy / file).read_bytes() != (source / file).read_bytes():
            shutil.copyfile(source / file, copy / file)


def configure(copy, folder):
    # A mutation may leave something unused: that is no reason to stop.
    launcher = [f"-DCMAKE_CXX_COMPILER_LAUNCHER={shutil.which('ccache')}"] if shutil.which("ccache") else []
    if not (folder / "build.ninja").exists():
        subprocess.run(["cmake", "-S", copy, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=None", "-DCMAKE_CXX_FLAGS=-O0",
                        "-DALPACA_BROKER_INSTALL=OFF", *launcher], check=True, stdout=subprocess.DEVNULL)


def build(folder, targets):
    result = subprocess.run(["cmake", "--build", folder, "--parallel", "2", "--target", *targets], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(result.stdout[-3000:])


def programs_of_tests(folder):
    """The test program of each test."""
    shown = subprocess.run(["ctest", "--test-dir", folder, "--show-only=json-v1"], capture_output=True, text=True, check=True)
    tests = [test for test in json.loads(shown.stdout)["tests"] if "command" in test]
    return {test["name"]: pathlib.Path(test["command"][0]).name for test in tests}


def passes(folder, test):
    return subprocess.run(["ctest", "--test-dir", folder, "-R", f"^{test}$", "--timeout", "60"],
                          capture_output=True).returncode == 0


def main():
    arguments = sys.argv[1:]
    if arguments[:1] == ["--page"]:
        print(page(pathlib.Path(arguments[1])), end="")
        return 0
    if arguments[:1] == ["--check-page"]:
        folder = pathlib.Path(arguments[1])
        is_current = (folder / "docs/guards.md").read_text() == page(folder)
        return 0 if is_current else "docs/guards.md is stale: generate it anew with --page"
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
    places = places_of_guards(copy)
    missed = 0
    for mutation in mutations:
        if mutation["test"] not in programs:
            sys.exit(f"there is no test {mutation['test']}")
        target = programs[mutation["test"]]
        build(folder, [target])
        if not passes(folder, mutation["test"]):
            sys.exit(f"{mutation['test']} fails with the guard in place")
        originals = apply(copy, mutation, places)
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
