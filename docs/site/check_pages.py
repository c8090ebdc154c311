"""Fails when a link of the site is broken, or a page loads something from another site: check_pages.py FOLDER"""
import json
import pathlib
import re
import sys
import urllib.parse
from html.parser import HTMLParser

CODE = re.compile(r"<code>.*?</code>|<pre.*?</pre>|<div class=\"fragment\">.*?<!-- fragment -->|<td class=\"mem.*?</td>|"
                  r"<tr class=\"memitem.*?</tr>|<h2 class=\"memtitle.*?</h2>|<td class=\"param.*?</td>", re.S)
LEFT_OVER = re.compile(r"\*\*|\]\(|```|(?<![\w.])@\w+|\{#")  # of Markdown, or of Doxygen's commands
FETCHED = {("img", "src"), ("script", "src"), ("link", "href"), ("object", "data"), ("iframe", "src"), ("source", "srcset")}


class Page(HTMLParser):
    """The anchors of a page, and the targets of its links."""

    def __init__(self, text):
        super().__init__()
        self.anchors, self.links, self.fetched = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name == "id" or (tag == "a" and name == "name"):
                self.anchors.add(value)
            elif (tag, name) in FETCHED:
                self.fetched.append(value)
            elif name == "href":
                self.links.append(value)


def check(folder):
    known = {file.name: Page(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.html"))}
    checked, faults = 0, []
    for name, page in known.items():
        prose = re.sub(r"<[^>]*>", "", CODE.sub("", (folder / name).read_text(encoding="utf-8")))
        for mark in LEFT_OVER.finditer(prose):
            faults.append(f"{name}: {prose[mark.start():mark.end() + 30]!r} was not understood")
        for link in page.links + page.fetched:
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc:
                if link in page.fetched:
                    faults.append(f"{name}: takes {link} from elsewhere")
                continue
            checked += 1
            aim = urllib.parse.unquote(parts.path) or name
            if not (folder / aim).exists():
                faults.append(f"{name}: {link}: there is no such file")
            elif parts.fragment and aim in known and urllib.parse.unquote(parts.fragment) not in known[aim].anchors:
                faults.append(f"{name}: {link}: there is no such anchor")
    return len(known), checked, faults


def check_index(folder):
    """Checks the targets of the search, too."""
    text = (folder / "names.js").read_text(encoding="utf-8")
    entries = json.loads(text[len("window.names="):-len(";\n")])
    anchors = {file.name: Page(file.read_text(encoding="utf-8")).anchors for file in folder.glob("*.html")}
    faults = []
    for name, _, link in entries:
        page, _, fragment = link.partition("#")
        if page not in anchors or (fragment and fragment not in anchors[page]):
            faults.append(f"the search for {name}: {link} is not there")
    return len(entries), faults


def main():
    folder = pathlib.Path(sys.argv[1])
    pages, links, faults = check(folder)
    entries, more = check_index(folder)
    for fault in faults + more:
        print(fault)
    print(f"{pages} pages, {links} links, {entries} names to search for, {len(faults + more)} broken")
    sys.exit(1 if faults or more or not links or not entries else 0)


main()
