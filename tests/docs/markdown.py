"""The parts of Markdown that the documentation needs: code blocks, headings with a forge's anchors, links."""
import re

FENCE = re.compile(r"^(\s*)(```+|~~~+)\s*([\w+-]*)")
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
LINK = re.compile(r"(!?)\[((?:(?!\n\n)[^\[\]]|\[[^\]]*\])*)\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
ATTRIBUTE = re.compile(r"<(?:img|a|source)\b[^>]*?\b(?:src|href|srcset)=\"([^\"]+)\"")
CODE_SPAN = re.compile(r"(`+)(?:(?!\n\n).)+?\1", re.S)
LINK_OR_CODE = re.compile(f"(?P<link>{LINK.pattern})|(?P<code>(?P<ticks>`+)(?:(?!\\n\\n).)+?(?P=ticks))", re.S)


class Block:
    """A fenced code block: its language, the number of its first line, and its lines."""

    def __init__(self, language, first, lines):
        self.language, self.first, self.lines = language, first, lines


def split(text):
    """Returns the code blocks, and all other lines, with empty ones in place of the blocks."""
    blocks, prose, fence = [], [], None
    for number, line in enumerate(text.split("\n"), 1):
        mark = FENCE.match(line)
        if fence is None and mark:
            fence, indent = mark.group(2), len(mark.group(1))
            blocks.append(Block(mark.group(3), number + 1, []))
            prose.append("")
        elif fence is not None:
            prose.append("")
            if line.strip() == fence:
                fence = None
            else:
                blocks[-1].lines.append(line[min(indent, len(line) - len(line.lstrip())):])
        else:
            prose.append(line)
    return blocks, prose


def anchor(title):
    """Returns the anchor that a forge gives to a heading."""
    text = LINK.sub(r"\2", title).replace("`", "").replace("*", "")
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def headings(prose):
    """Yields (line number, level, title, anchor) of each heading; a repeated title gets a numbered anchor."""
    found, seen = [], {}
    for number, line in enumerate(prose, 1):
        mark = HEADING.match(line)
        if mark:
            name = anchor(mark.group(2))
            count = seen.get(name, 0)
            seen[name] = count + 1
            found.append((number, len(mark.group(1)), mark.group(2), f"{name}-{count}" if count else name))
    return found


def with_links(text, change):
    """Returns the text with each link and image outside of code replaced by change(link)."""
    return LINK_OR_CODE.sub(lambda it: change(LINK.fullmatch(it.group("link"))) if it.group("link") else it.group(0), text)


def links(prose):
    """Yields (line number, target) of each link and image outside of code."""
    text, found = "\n".join(prose), []

    def note(link):
        found.append(link.group(3))
        for inner in LINK.finditer(link.group(2)):  # an image that is a link
            found.append(inner.group(3))
        return link.group(0)

    with_links(text, note)
    found += ATTRIBUTE.findall(CODE_SPAN.sub("", text))
    start = {}
    for target in found:
        start[target] = text.find(f"({target}", start.get(target, -1) + 1)
        yield text.count("\n", 0, max(start[target], 0)) + 1, target
