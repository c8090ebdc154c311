"""Formats the results of a run as a table: as plain text and for docs/matrix.md."""

import pathlib
import platform
import subprocess

BEGIN, END = "<!-- table: written by ./dev matrix --write -->", "<!-- end of the table -->"

VERSIONS = (
    ("g++", "g++ -dumpfullversion"),
    ("clang", "clang++ -dumpversion"),
    ("clang 19", "clang++-19 -dumpversion"),
    ("g++ for aarch64", "aarch64-linux-gnu-g++ -dumpfullversion"),
    ("g++ for Windows", "x86_64-w64-mingw32-g++ -dumpfullversion"),
    ("qemu", "qemu-aarch64 --version"),
    ("cmake", "cmake --version"),
    ("libcurl", "pkg-config --modversion libcurl"),
    ("OpenSSL", "pkg-config --modversion openssl"),
    ("nlohmann/json", "pkg-config --modversion nlohmann_json"),
    ("cpp-httplib", "pkg-config --modversion cpp-httplib"),
    ("GoogleTest", "pkg-config --modversion gtest"),
)


def plain(lines, results):
    rows = [(line.name, line.proves, *results[line.name]) for line in lines]
    width = max(len(row[0]) for row in rows) + 2
    text = [f"{name:{width}}{result:9}{proves}" + (f"\n{'':{width}}         {why}" if why else "")
            for name, proves, result, why in rows]
    counts = [f"{sum(row[2] == word for row in rows)} {word}" for word in ("passed", "failed", "skipped")]
    return "\n".join(text + [", ".join(counts)])


def version(command):
    try:
        told = subprocess.run(command.split(), capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    lines = told.stdout.splitlines()
    digits = [word for word in lines[0].split() if word[0].isdigit()] if told.returncode == 0 and lines else []
    return digits[0] if digits else ""


def system():
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.platform()


def versions():
    found = [(name, version(command)) for name, command in VERSIONS]
    return ", ".join([f"{system()}, {platform.machine()}"] + [f"{name} {text}" for name, text in found if text])


def markdown(lines, results):
    rows = ["| line | in CI | what it proves | result |", "|---|---|---|---|"]
    for line in lines:
        result, why = results.get(line.name, ("not run", ""))
        rows.append(f"| `{line.name}` | {'yes' if line.cheap else ''} | {line.proves} | {result}"
                    + (f": {why}" if why and result == "skipped" else "") + " |")
    return "\n".join(["", f"Run with {versions()}.", "", *rows, ""])


def write(path: pathlib.Path, lines, results):
    text = path.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    path.write_text(f"{before}{BEGIN}\n{markdown(lines, results)}\n{END}{after}", encoding="utf-8")
