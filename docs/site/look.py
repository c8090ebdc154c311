"""Takes screenshots of the site in a real browser, and fails when a page is wider than a phone: look.py HTML FOLDER"""
import html
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PAGES = {
    "start-page": "index.html", "guide-outcomes": "what-a-cancel-can-tell-you.html", "guide-retries": "timeouts-and-retries.html",
    "class": "classalpaca_1_1broker_1_1BrokerClient.html", "struct": "structalpaca_1_1broker_1_1ClientOptions.html",
    "names": "namespacealpaca_1_1broker.html", "search": "index.html#search=cancel",
}
SIZES = {"desktop": (1280, 1600), "phone": (390, 1600)}
SCHEMES = {"light": 1, "dark": 0}
QUIET = ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
         "--disable-component-update --disable-sync --hide-scrollbars --allow-file-access-from-files").split()

# Browsers have a least width for windows, but none for frames.
FRAME = '<meta name="color-scheme" content="light dark"><body style="margin:0"><iframe src="{page}" style="border:0;width:{width}px;height:{height}px">'
MEASURE = """<body><script>
const pages = {pages}, wide = [];
const frame = document.body.appendChild(document.createElement("iframe"));
frame.style.cssText = "border:0;width:{width}px;height:800px";
const next = () => {{
  const page = pages.shift();
  if (!page) {{ document.body.textContent = "measured: " + wide.join(" "); return; }}
  frame.onload = () => {{
    const width = frame.contentDocument.documentElement.scrollWidth;
    if (width > {width}) wide.push(page.split("/").pop() + "=" + width);
    next();
  }};
  frame.src = page;
}};
next();
</script>"""


def browse(page, *options):
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not browser:
        sys.exit("chromium is missing")
    with tempfile.TemporaryDirectory() as profile:
        return subprocess.run([browser, *QUIET, f"--user-data-dir={profile}", *options, page.as_uri()], check=True,
                              capture_output=True, text=True, timeout=300).stdout


def take_pictures(site, folder):
    frame = folder / "frame.html"
    for name, page in PAGES.items():
        for size, (width, height) in SIZES.items():
            frame.write_text(FRAME.format(page=f"{site.as_uri()}/{page}", width=width, height=height), encoding="utf-8")
            for scheme, number in SCHEMES.items():
                browse(frame, f"--blink-settings=preferredColorScheme={number}", f"--window-size={width},{height}",
                       "--virtual-time-budget=2000", f"--screenshot={folder}/{name}-{size}-{scheme}.png")


def too_wide(site, folder):
    width = SIZES["phone"][0]
    pages = [file.as_uri() for file in sorted(site.glob("*.html"))]
    file = folder / "measure.html"
    file.write_text(MEASURE.format(pages=pages, width=width), encoding="utf-8")
    text = html.unescape(browse(file, "--virtual-time-budget=60000", "--dump-dom"))
    found = re.search(r"measured: ([^<]*)", text)
    if not found:
        sys.exit("the pages could not be measured")
    return found.group(1).split(), len(pages)


def main():
    site, folder = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    folder.mkdir(parents=True, exist_ok=True)
    wide, pages = too_wide(site, folder)
    print(f"{pages} pages measured, {len(wide)} wider than a phone {' '.join(wide)}")
    take_pictures(site, folder)
    print(f"{len(PAGES) * len(SIZES) * len(SCHEMES)} screenshots in {folder}")
    sys.exit(1 if wide else 0)


main()
