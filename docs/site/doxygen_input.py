"""Prints a file as Doxygen should read it: doxygen_input.py FILE

Removes the inline namespace, which programs never write, and the hashes from a header. In a document, points links to the
pages of the site, gives headings a forge's anchors, and removes links to files that are not on the site.
"""
import pathlib
import re
import sys

import pages

import markdown  # pylint: disable=wrong-import-order  # pages says where it is


SAME = '<span class="same"></span>'


def kept_together(comment):
    """Marks the end of a comment's first sentence, where Doxygen ends the summary."""
    first, blank, rest = comment.partition("///\n")
    mark = re.search(r"\.(\s+(?:/// )?)(?=\S)", first)
    if mark and "```" not in first:
        first = first[:mark.end()] + SAME + first[mark.end():]
    return first + blank + rest


def header(text):
    text = re.sub(r"(?:^ *///(?:| .*)\n)+", lambda it: kept_together(it.group(0)), text, flags=re.M)
    text = re.sub(r"^inline namespace ALPACA_BROKER_ABI \{$|^\}  // namespace ALPACA_BROKER_ABI$", "", text, flags=re.M)
    text = re.sub(r"^ +(?:~\w+\(\)|.*\(const \w+&\)) = default;$", "", text, flags=re.M)  # says nothing
    return re.sub(r"^template <>\nstruct std::hash<.*?^\};$", lambda it: "\n" * it.group(0).count("\n"), text,
                  flags=re.M | re.S)  # Doxygen knows no std to put them into


def target(document, link):
    """The target of a document's link on the site, or None."""
    if re.match(r"[a-z]+:", link):
        return link
    path, _, fragment = link.partition("#")
    aim = (document.parent / path).resolve() if path else document
    found = pages.page(aim)
    if found and fragment:
        found += f"#{pages.label(aim)}-{fragment}"
    return found


def redirected(file, text):
    def change(link):
        image, words, to = link.groups()
        found = target(file, to)
        if image:
            return f'<div class="drawing"><img src="{found}" alt="{words}"/></div>'
        return f"[{words}]({found})" if found else words

    return markdown.with_links(text, change)


def document(file, text):
    blocks, prose = markdown.split(text)
    for number, level, title, name in markdown.headings(prose):
        label = pages.label(file) if level == 1 else f"{pages.label(file)}-{name}"
        prose[number - 1] = f"{'#' * level} {title} {{#{label if label != 'index' else 'mainpage'}}}"
    written = re.sub(r"(?<![\w*])\*\*([^\w\s*][^*\n]*)\*\*", r"<b>\1</b>", redirected(file, "\n".join(prose))).split("\n")
    lines = text.split("\n")
    return "\n".join(new or old for new, old in zip(written, lines))  # a line of code is empty in the prose


def main():
    file = pathlib.Path(sys.argv[1]).resolve()
    text = file.read_text(encoding="utf-8")
    sys.stdout.write(document(file, text) if file.suffix == ".md" else header(text))


main()
