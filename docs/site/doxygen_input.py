"""What Doxygen reads instead of a file: doxygen_input.py FILE

Of a header: the same without the inline namespace, which programs never write, and the hashes. Of a document: links that lead to the
pages of the site, and anchors that are a forge's; what is not on the site loses its link.
"""
import pathlib
import re
import sys

import pages

import markdown  # pylint: disable=wrong-import-order  # pages says where it is


def header(text):
    text = re.sub(r"^inline namespace ALPACA_BROKER_ABI \{$|^\}  // namespace ALPACA_BROKER_ABI$", "", text, flags=re.M)
    return re.sub(r"^template <>\nstruct std::hash<.*?^\};$", lambda it: "\n" * it.group(0).count("\n"), text,
                  flags=re.M | re.S)  # Doxygen knows no std to put them into


def target(document, link):
    """Where a document's link leads on the site, or None."""
    if re.match(r"[a-z]+:", link):
        return link
    path, _, fragment = link.partition("#")
    aim = (document.parent / path).resolve() if path else document
    found = pages.page(aim)
    if found and fragment:
        found += f"#{pages.label(aim)}-{fragment}"
    return found


def redirected(document, line):
    def link(mark):
        image, text, to = mark.groups()
        found = target(document, to)
        if image:
            return f'<img src="{found}" alt="{text}"/>'
        return f"[{text}]({found})" if found else text

    parts = re.split(r"(`+.+?`+)", line) if "](" not in re.sub(r"`+.+?`+", "", line) else [line]
    return "".join(markdown.LINK.sub(link, part) if not part.startswith("`") else part for part in parts)


def document(file, text):
    blocks, prose = markdown.split(text)
    lines = text.split("\n")
    titles = {number: (level, title, name) for number, level, title, name in markdown.headings(prose)}
    for index, plain in enumerate(prose):
        if index + 1 in titles:
            level, title, name = titles[index + 1]
            mark = pages.label(file) if level == 1 else f"{pages.label(file)}-{name}"
            lines[index] = f"{'#' * level} {title} {{#{mark if mark != 'index' else 'mainpage'}}}"
        elif plain:
            lines[index] = redirected(file, plain)
    return "\n".join(lines)


def main():
    file = pathlib.Path(sys.argv[1]).resolve()
    text = file.read_text(encoding="utf-8")
    sys.stdout.write(document(file, text) if file.suffix == ".md" else header(text))


main()
