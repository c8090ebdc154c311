"""Builds the site with Doxygen: build.py FOLDER

Writes the pages to html/ in FOLDER, beside intermediate files. Any warning is an error.
"""
import html
import pathlib
import re
import subprocess
import sys

import finish
import pages

SITE = pathlib.Path(__file__).resolve().parent
ASSETS = ("site.css", "site.js")


def menu():
    """The menu of every page."""
    def part(title, entries):
        lines = "".join(f'<li><a href="{to}">{html.escape(name)}</a></li>\n' for to, name in entries)
        return f"<h2>{title}</h2>\n<ul>\n{lines}</ul>\n"

    guides = [(pages.page(file), name) for file, name in pages.guides()]
    named = {file for file, _ in pages.guides()} | {pages.ROOT / "README.md"}
    adr = [file for file in pages.documents() if file.parent.name == "adr"]
    other = [file for file in pages.documents() if file not in named and file not in adr]
    return (part("Guides", [("index.html", "Overview"), *guides]) + part("Reference", pages.REFERENCE) +
            part("Examples", [(pages.page(file), file.name) for file in pages.examples() if file.suffix == ".cpp"]) +
            part("Background", [(pages.page(file), finish.title(file)) for file in other]) +
            part("Decisions", [(pages.page(file), finish.title(file)) for file in adr]))


def example_pages():
    """Yields a page for each example, which shows its code."""
    for file in pages.examples():
        name = file.relative_to(pages.ROOT / "examples").as_posix()
        use = "Built and run by the tests." if file.suffix == ".cpp" else "Included by other examples."
        yield f"/** @example {name}\n{use}\n*/\n"


def settings(folder):
    """Returns the Doxyfile and the settings that it leaves open."""
    header = (SITE / "header.html").read_text(encoding="utf-8").replace("@menu@", menu())
    (folder / "header.html").write_text(header, encoding="utf-8")
    (folder / "examples.dox").write_text("".join(example_pages()), encoding="utf-8")
    read = [*pages.documents(), pages.ROOT / "include", SITE / "namespaces.dox", folder / "examples.dox"]
    drawings = [*sorted((pages.ROOT / "docs").glob("*/*.svg")), pages.ROOT / "docs/performance/results.json"]
    version = re.search(r'kVersion = "([^"]+)"', (pages.ROOT / "include/alpaca/broker/version.hpp").read_text()).group(1)
    more = {
        "PROJECT_NUMBER": version,
        "STRIP_FROM_PATH": pages.ROOT,
        "INPUT": " ".join(map(str, read)),
        "FILTER_PATTERNS": " ".join(f'"*{kind}=python3 {SITE}/doxygen_input.py"' for kind in (".md", ".hpp")),
        "EXAMPLE_PATH": pages.ROOT / "examples",
        "EXAMPLE_RECURSIVE": "YES",
        "OUTPUT_DIRECTORY": folder,
        "LAYOUT_FILE": SITE / "layout.xml",
        "HTML_HEADER": folder / "header.html",
        "HTML_FOOTER": SITE / "footer.html",
        "HTML_EXTRA_FILES": " ".join(str(file) for file in [*(SITE / name for name in ASSETS), *drawings]),
        "WARN_LOGFILE": folder / "warnings.txt",
        "GENERATE_TAGFILE": folder / "names.xml",
    }
    text = (SITE / "Doxyfile").read_text(encoding="utf-8")
    return text + "".join(f"{name} = {value}\n" for name, value in more.items())


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["doxygen", "-"], input=settings(folder), text=True, check=True, cwd=pages.ROOT)
    warnings = (folder / "warnings.txt").read_text(encoding="utf-8")
    if warnings:
        sys.exit(warnings + f"{len(warnings.splitlines())} warnings")
    finish.finish(folder)


if __name__ == "__main__":
    main()
