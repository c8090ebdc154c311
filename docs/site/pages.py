"""Maps files of the repository to pages of the site."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "docs"))

API = "namespacealpaca_1_1broker.html"
REFERENCE = [  # (page, name in the menu)
    (API, "Everything in alpaca::broker"),
    ("classalpaca_1_1broker_1_1BrokerClient.html", "BrokerClient"),
    ("structalpaca_1_1broker_1_1ClientOptions.html", "ClientOptions"),
    ("classalpaca_1_1broker_1_1Result.html", "Result"),
    ("structalpaca_1_1broker_1_1Error.html", "Error"),
    ("structalpaca_1_1broker_1_1Order.html", "Order"),
    ("classalpaca_1_1broker_1_1testing_1_1MockBroker.html", "MockBroker"),
    ("namespacealpaca_1_1broker_1_1coroutine.html", "Coroutines"),
]
HEADERS = {  # where a link to a header leads; others to the list of all names
    "include/alpaca/broker/client.hpp": "classalpaca_1_1broker_1_1BrokerClient.html",
    "include/alpaca/broker/coroutine.hpp": "namespacealpaca_1_1broker_1_1coroutine.html",
    "include/alpaca/broker/testing/mock_broker.hpp": "classalpaca_1_1broker_1_1testing_1_1MockBroker.html",
}


def guides():
    """Returns (file, name in the menu) of the existing guides, in reading order."""
    lines = (ROOT / "docs/site/guides.txt").read_text(encoding="utf-8").split("\n")
    entries = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    return [(ROOT / file, name) for file, name in entries if (ROOT / file).exists()]


def documents():
    """All Markdown files of the site: the README, the guides and the other documents."""
    first = [ROOT / "README.md", *(file for file, _ in guides())]
    folders = ("docs", "docs/adr", "docs/performance")
    more = [file for folder in folders for file in sorted((ROOT / folder).glob("*.md"))]
    more += [ROOT / name for name in ("SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    return first + [file for file in more if file not in first]


def examples():
    folder = ROOT / "examples"
    return sorted(file for file in folder.rglob("*") if file.suffix in (".cpp", ".hpp"))


def label(document):
    """The name of a document's page, without its ending."""
    path = document.relative_to(ROOT)
    if path.name == "README.md":
        return "index"
    parts = path.parts[1:] if path.parts[0] == "docs" else ("project", *path.parts)
    return "-".join(parts)[: -len(".md")].lower()


def escaped(name):
    """A name as Doxygen encodes it in a file name."""
    return name.replace("/", "_2").replace(".", "_8")


def page(file):
    """The page of the site for a file of the repository, or None."""
    if file in documents():
        return label(file) + ".html"
    if file in examples():
        return escaped(file.relative_to(ROOT / "examples").as_posix()) + "-example.html"
    path = file.relative_to(ROOT).as_posix()
    if path.startswith("include/"):
        return HEADERS.get(path, API)
    if file.suffix == ".svg" or path == "docs/performance/results.json":
        return file.name
    return None
