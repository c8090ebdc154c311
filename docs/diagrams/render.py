"""Draws every diagram of this folder: NAME.dot and NAME.timeline become NAME.svg."""
import pathlib
import re
import subprocess
import sys

import style
import timeline

FOLDER = pathlib.Path(__file__).resolve().parent


def drawn_by_dot(file):
    """Graphviz's drawing without its colours, which the style sheet defines for light and dark pages."""
    options = ["-Tsvg", "-Nfontname=DejaVu Sans", "-Efontname=DejaVu Sans", "-Nfontsize=12", "-Efontsize=11",
               "-Nmargin=0.18,0.08", "-Gbgcolor=transparent", "-Earrowsize=0.7"]
    svg = subprocess.run(["dot", *options, str(file)], check=True, capture_output=True, text=True).stdout
    svg = re.sub(r"<\?xml.*?\?>\s*|<!DOCTYPE.*?>\s*|<!--.*?-->\s*|<title>.*?</title>\s*", "", svg, flags=re.S)
    svg = re.sub(r' (?:fill|stroke|font-family)="[^"]*"', "", svg)
    return re.sub(r"(<svg[^>]*>)", lambda mark: mark.group(1) + "\n" + style.sheet(), svg, count=1)


def main():
    for file in sorted(FOLDER.iterdir()):
        if file.suffix == ".dot":
            svg = drawn_by_dot(file)
        elif file.suffix == ".timeline":
            svg = timeline.draw(file.read_text(encoding="utf-8"))
        else:
            continue
        file.with_suffix(".svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
