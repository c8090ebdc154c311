"""Fails when a link in the project's Markdown is broken: links.py ROOT

Checks links to files and folders of the repository, and to the anchors that a forge gives to headings. Also checks the
names of documents in comments of the code. Does not check links to other places (https, mailto).
"""
import pathlib
import re
import sys

import markdown

NAMED = re.compile(r"\bdocs/[\w./-]+\.(?:md|svg)\b")  # in a comment
CODE = ("include", "src", "tests", "examples", "bench", "cmake", "tools")


def pages(root):
    """All Markdown files of the project, except built ones."""
    return sorted(page for page in root.rglob("*.md") if not {"build", ".git"} & set(page.relative_to(root).parts))


def anchors(page, known={}):
    if page not in known:
        text = page.read_text(encoding="utf-8")
        known[page] = {name for *_, name in markdown.headings(markdown.split(text)[1])}
        known[page] |= set(re.findall(r"<a (?:id|name)=\"([^\"]+)\"", text))
    return known[page]


def broken(root, page, target):
    """Why a link on a page is broken, or None."""
    path, _, fragment = target.partition("#")
    aim = (page.parent / path).resolve() if path else page
    if root not in (aim, *aim.parents):
        return "it points out of the repository"
    if not aim.exists():
        return "there is no such file"
    if fragment and (aim.suffix != ".md" or fragment not in anchors(aim)):
        return "there is no such heading"
    return None


def check_pages(root):
    checked, faults = 0, []
    for page in pages(root):
        for number, target in markdown.links(markdown.split(page.read_text(encoding="utf-8"))[1]):
            if re.match(r"[a-z]+:", target):
                continue
            checked += 1
            why = broken(root, page, target)
            if why:
                faults.append(f"{page.relative_to(root)}:{number}: {target}: {why}")
    return checked, faults


def check_comments(root):
    checked, faults = 0, []
    for file in (file for folder in CODE for file in sorted((root / folder).rglob("*")) if file.is_file()):
        if file.suffix not in (".hpp", ".cpp", ".cmake", ".txt", ".sh", ".py"):
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
            for name in NAMED.findall(line):
                checked += 1
                if not (root / name).exists():
                    faults.append(f"{file.relative_to(root)}:{number}: {name}: there is no such file")
    return checked, faults


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    links, faults = check_pages(root)
    names, more = check_comments(root)
    for fault in faults + more:
        print(fault)
    print(f"{links} links on {len(pages(root))} pages, {names} names in the code, {len(faults + more)} broken")
    if links == 0:
        sys.exit("no link was found: this check is broken")
    sys.exit(1 if faults + more else 0)


main()
