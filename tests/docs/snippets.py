"""Fails when the documents show code or commands that the tests do not run: snippets.py ROOT

A ```cpp block, in a document or in a header's comment, must appear line for line in a source that is compiled and run.
Its indentation may differ. A ```cmake block must appear in a project that the package tests build. Each line of a ```sh
block must be a command of ./dev, use an existing preset, or be listed in commands.txt with the file that runs it.
"""
import json
import pathlib
import re
import sys
import textwrap

import markdown

DOCUMENTS = ("README.md", "SECURITY.md", "CONTRIBUTING.md", "docs/*.md")
FREE = {"text", "mermaid"}  # nothing to run


def documents(root):
    return [page for pattern in DOCUMENTS for page in sorted(root.glob(pattern))]


def code_blocks(root):
    """Yields (place, block) for all documents and the comments of the headers."""
    for page in documents(root):
        for block in markdown.split(page.read_text(encoding="utf-8"))[0]:
            yield f"{page.relative_to(root)}:{block.first}", block
    for header in sorted((root / "include").rglob("*.hpp")):
        lines = header.read_text(encoding="utf-8").split("\n")
        text = "\n".join(re.sub(r"^\s*/// ?", "", line) if line.lstrip().startswith("///") else "" for line in lines)
        for block in markdown.split(text)[0]:
            yield f"{header.relative_to(root)}:{block.first}", block


def compiled(root):
    """The sources that are compiled and run: those named in the CMakeLists.txt beside them."""
    found = []
    for folder in ("examples", "tests/docs", "tests/package/desk"):
        for source in sorted((root / folder).rglob("*.[ch]pp")):
            lists = (source.parent / "CMakeLists.txt", root / folder / "CMakeLists.txt")
            names = " ".join(file.read_text(encoding="utf-8") for file in lists if file.exists())
            if source.suffix == ".hpp" or re.search(rf"\b{re.escape(source.stem)}\b", names):
                found.append(source)
    return found


def shows(text, block):
    """Whether the text contains the block, at any indentation."""
    wanted = textwrap.dedent("\n".join(block.lines)).rstrip().split("\n")
    lines = text.split("\n")
    for start in (i for i, line in enumerate(lines) if line.strip() == wanted[0].strip()):
        if textwrap.dedent("\n".join(lines[start:start + len(wanted)])).rstrip().split("\n") == wanted:
            return True
    return False


def bare(text):
    """CMake without comments and empty lines."""
    lines = (re.sub(r"\s*#.*", "", line) for line in text.split("\n"))
    return "\n".join(line for line in lines if line.strip())


def commands_of_dev(root):
    """The commands that ./dev handles and that its help describes."""
    text = (root / "dev").read_text(encoding="utf-8")
    helped = set(re.findall(r"^  ([a-z][\w-]*)", text[:text.index("\nEND\n")], re.M))
    return helped & set(re.findall(r"^  ([a-z][\w-]*)(?: \|[^)]*)?\)", text[text.index("\ncase $command in"):], re.M))


def listed_commands(root):
    """Maps a command line to (file that runs it, text in that file)."""
    rows = (root / "tests/docs/commands.txt").read_text(encoding="utf-8").split("\n")
    fields = [[field.strip() for field in row.split(" | ")] for row in rows if row.strip() and not row.startswith("#")]
    return {line: (file, words) for line, file, words in fields}


def why_not_run(root, line):
    """Why nothing runs this shell line, or None."""
    words = line.split()
    if words[0] == "./dev":
        return None if len(words) > 1 and words[1] in commands_of_dev(root) else "./dev has no such command"
    listed = listed_commands(root).get(line)
    if listed:
        file, text = listed
        there = (root / file).exists() and text in (root / file).read_text(encoding="utf-8")
        return None if there else f"{file} should run it, but has no \"{text}\""
    if words[0] == "cmake" and "--preset" in words:
        kind = "buildPresets" if "--build" in words else "configurePresets"
        presets = json.loads((root / "CMakePresets.json").read_text(encoding="utf-8"))[kind]
        return None if words[words.index("--preset") + 1] in {it["name"] for it in presets} else "no such preset"
    return "it is not in tests/docs/commands.txt"


def fault(root, block, sources):
    """What is wrong with a block, or None."""
    if block.language == "cpp":
        return None if any(shows(text, block) for text in sources["cpp"]) else "no source that is run has this code"
    if block.language == "cmake":
        wanted = bare("\n".join(block.lines))
        return None if any(wanted in bare(text) for text in sources["cmake"]) else "no project that is built has this"
    if block.language == "sh":
        lines = (re.sub(r"\s+#.*", "", line).strip() for line in "\n".join(block.lines).replace("\\\n", "").split("\n"))
        faults = [f"{line}: {why_not_run(root, line)}" for line in lines if line and why_not_run(root, line)]
        return "; ".join(faults) or None
    return None if block.language in FREE else f"there is no check for \"{block.language}\""


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    sources = {"cpp": [file.read_text(encoding="utf-8") for file in compiled(root)],
               "cmake": [file.read_text(encoding="utf-8") for file in (root / "tests/package").rglob("CMakeLists.txt")]}
    counts, faults = {}, []
    for where, block in code_blocks(root):
        counts[block.language] = counts.get(block.language, 0) + 1
        found = fault(root, block, sources)
        if found:
            faults.append(f"{where}: {found}")
    for text in faults:
        print(text)
    print(", ".join(f"{count} {language or 'unnamed'}" for language, count in sorted(counts.items())) +
          f" blocks, {len(faults)} not run")
    if not {"cpp", "cmake", "sh"} <= counts.keys():
        sys.exit("no block of some kind was found: this check is broken")
    sys.exit(1 if faults else 0)


main()
