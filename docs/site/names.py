"""The names that Doxygen found, for the search and for links from prose."""
import json
import xml.etree.ElementTree as xml

import pages

import markdown  # pylint: disable=wrong-import-order  # pages says where it is

KINDS = {"function": "function", "variable": "field", "enumeration": "enumeration", "typedef": "type"}
MEANT = ("", "BrokerClient::", "ErrorKind::", "Error::", "ClientOptions::", "testing::MockBroker::")


def short(name):
    return name.replace("alpaca::broker::", "")


def found(folder):
    """Returns (name with its class, kind, page) of every public name, classes first."""
    compounds = xml.parse(folder / "names.xml").getroot().findall("compound")
    for compound in compounds:
        if compound.get("kind") in ("class", "struct"):
            yield short(compound.findtext("name")), compound.get("kind"), compound.findtext("filename")
    for compound in compounds:
        if compound.get("kind") not in ("class", "struct", "namespace"):
            continue
        scope = short(compound.findtext("name") + "::")
        for member in compound.findall("member"):
            if member.get("kind") in KINDS:
                yield (scope + member.findtext("name"), KINDS[member.get("kind")],
                       f"{member.findtext('anchorfile')}#{member.findtext('anchor')}")
            for value in member.findall("enumvalue"):
                yield (f"{scope}{member.findtext('name')}::{value.text}", "enumerator",
                       f"{member.findtext('anchorfile')}#{value.get('anchor')}")


def headings():
    """Yields (title, document, page) of every heading."""
    for document in pages.documents():
        page = pages.page(document)
        titles = markdown.headings(markdown.split(document.read_text(encoding="utf-8"))[1])
        for _, level, title, name in titles:
            place = page if level == 1 else f"{page}#{pages.label(document)}-{name}"
            yield title.replace("`", ""), "page" if level == 1 else titles[0][2], place


def write_index(folder):
    entries, seen = [], set()
    for name, kind, page in [*headings(), *found(folder)]:
        if (name, kind) not in seen:
            seen.add((name, kind))
            entries.append([name, kind, page])
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    (folder / "html/names.js").write_text(f"window.names={text};\n", encoding="utf-8")
    return len(entries)


def targets(folder):
    """Maps names in prose to pages: with their class, or alone if that is unambiguous or has a usual meaning."""
    known, alone = {}, {}
    for name, _, page in found(folder):
        known.setdefault(name, page)
        alone.setdefault(name.split("::")[-1], set()).add(name)
    for last, names in alone.items():
        best = [scope + last for scope in MEANT if scope + last in names] or (list(names) if len(names) == 1 else [])
        if best:
            known.setdefault(last, known[best[0]])
    return known
