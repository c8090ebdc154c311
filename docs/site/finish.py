"""Finishes Doxygen's pages: links names in prose, links to the next guide, and removes leftovers."""
import html
import re

import names
import pages

import markdown  # pylint: disable=wrong-import-order  # pages says where it is

# Not into these, and not inside of them.
WHOLE = re.compile(r"(<nav.*?</nav>|<a .*?</a>|<h\d.*?</h\d>|<div class=\"fragment\">.*?</div><!-- fragment -->|"
                   r"<td class=\"memname\">.*?</td>)", re.S)
NAME = re.compile(r"<code>([A-Za-z_][\w:]*)(\(\))?</code>")
CODE_IN_CELL = re.compile(r"(?<=<td class=\"markdownTableBodyNone\">).*?(?=</td>)", re.S)
REFERENCE = re.compile(r"(?:href|src)=\"([^\"#:]+)")


LINK_IN_CODE = re.compile(r"(<code>)<a href=\"[^\"]*\">(.*?)</a>")
KIND = re.compile(r"<div class=\"title\">(.*?) (Class|Struct|Namespace)(?: Template)? Reference")
MORE = re.compile(r" *<a href=\"[^\"]*\">More\.\.\.</a>")
FIELDS = re.compile(r"<table class=\"memberdecls\">\n<tr class=\"heading\"><td[^>]*><h2[^>]*><a id=\"pub-attribs\".*?</table>", re.S)
SAME = re.compile(r"\s*</p>\s*<p ?>\s*<span class=\"same\"></span>")


def plain(text):
    """Removes some of Doxygen's output: links in code, kinds in titles, repeated text."""
    text = re.sub(r"<div class=\"summary\">.*?</div>", "", FIELDS.sub("", MORE.sub("", text)), flags=re.S)
    text = LINK_IN_CODE.sub(r"\1\2", text)
    text = KIND.sub(lambda it: f'<div class="title">{it.group(1).replace("&lt; T &gt;", "&lt;T&gt;")} <small>{it.group(2).lower()}</small>', text)
    text = re.sub(r"(<title>.*?) (?:Class|Struct|Namespace)(?: Template)? Reference", r"\1", text)
    text = re.sub(r"<p ?>([^<]*?)\s*</p>\s*(<p ?>\1\s*</p>)", r"\2", text)
    return SAME.sub(" ", text).replace('<span class="same"></span>', "")


def title(document):
    return markdown.headings(markdown.split(document.read_text(encoding="utf-8"))[1])[0][2]


def linked(text, known, own):
    """Links public names in prose to their pages, except on those pages."""
    def link(mark):
        page = known.get(mark.group(1))
        if page is None or page.split("#")[0] == own:
            return mark.group(0)
        return f'<a class="name" href="{page}">{mark.group(0)}</a>'

    return "".join(part if index % 2 else NAME.sub(link, part) for index, part in enumerate(WHOLE.split(text)))


def breakable(text):
    """Allows line breaks in the long names of tables, so that the other columns have room on a phone."""
    in_code = re.compile(r"<code>.*?</code>", re.S)
    return CODE_IN_CELL.sub(lambda cell: in_code.sub(lambda it: it.group(0).replace("::", "::<wbr>"), cell.group(0)), text)


def ways():
    """Maps each page to links to the guides before and after it."""
    order = [("index.html", "Overview")] + [(pages.page(file), name) for file, name in pages.guides()]
    for index, (page, _) in enumerate(order):
        before = order[index - 1] if index else None
        after = order[index + 1] if index + 1 < len(order) else None
        links = [f'<a rel="{rel}" href="{to[0]}">{arrow}{html.escape(to[1])}</a>' if to else "<span></span>"
                 for rel, to, arrow in (("prev", before, "&larr; "), ("next", after, "Next: "))]
        yield page, f'<nav class="ways" aria-label="Guides">{"".join(links)}</nav>\n'


def tidy(folder):
    """Removes files without a link to them: Doxygen's own lists, scripts and pictures."""
    reached, new = set(), {"index.html"}
    while new:
        name = new.pop()
        reached.add(name)
        if name.endswith(".html"):
            new |= set(REFERENCE.findall((folder / name).read_text(encoding="utf-8"))) - reached
            new = {it for it in new if (folder / it).exists()}
    for file in folder.iterdir():
        if file.name not in reached:
            file.unlink()


def finish(folder):
    known, way = names.targets(folder), dict(ways())
    for file in sorted((folder / "html").glob("*.html")):
        text = file.read_text(encoding="utf-8")
        text = breakable(linked(plain(text), known, file.name))
        text = text.replace(f'<a href="{file.name}">', f'<a aria-current="page" href="{file.name}">')
        text = text.replace("</main>", way.get(file.name, "") + "</main>")
        file.write_text(text, encoding="utf-8")
    names.write_index(folder)
    tidy(folder / "html")
