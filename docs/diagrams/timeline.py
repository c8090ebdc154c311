"""Draws a timeline: spans of time as stacked bars, moments as marks. See retry.timeline for the language."""
import html

import style

LEFT, RIGHT, TOP, ROW = 16, 704, 52, 40
KINDS = {"attempt": "known", "wait": "question", "mark": "doubt", "span": "box"}


def read(text):
    """Returns the title, (kind, from, to, text) of each line, and the total time."""
    title, rows = "", []
    for line in (line for line in text.split("\n") if line and not line.startswith("#")):
        kind, rest = line.split(maxsplit=1)
        if kind == "title":
            title = rest
        elif kind == "mark":
            moment, words = rest.split(maxsplit=1)
            rows.append((kind, int(moment), int(moment), words))
        else:
            begin, end, words = rest.split(maxsplit=2)
            rows.append((kind, int(begin), int(end), words))
    return title, rows


def words_at(left, right, y, words):
    """Places text to the right of a shape if there is room, else to its left."""
    fits = right + 8 + 7.4 * len(words) < RIGHT + LEFT
    place = f'x="{right + 8:.0f}"' if fits else f'x="{left - 8:.0f}" text-anchor="end"'
    return f'<text {place} y="{y + 18}" font-size="13">{html.escape(words)}</text>'


def row(kind, begin, end, words, y, at):
    x, width = at(begin), max(at(end) - at(begin), 3)
    if kind == "mark":
        return [f'<circle class="{KINDS[kind]}" cx="{x:.1f}" cy="{y + 14}" r="6"/>', words_at(x - 6, x + 6, y, words)]
    bar = f'<rect class="{KINDS[kind]}" x="{x:.1f}" y="{y}" width="{width:.1f}" height="28" rx="4"/>'
    inside = 7.4 * len(words) + 16 < width
    return [bar, words_at(x, x if inside else x + width, y, words)]


def draw(text):
    title, rows = read(text)
    last = max(end for _, _, end, _ in rows)
    height = TOP + ROW * len(rows) + 30

    def at(moment):
        return LEFT + (RIGHT - LEFT) * moment / last

    parts = [f'<text x="{LEFT}" y="26" font-size="15" font-weight="bold">{html.escape(title)}</text>']
    for second in range(0, last // 1000 + 1):
        x = at(1000 * second)
        parts.append(f'<line class="line" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8}" y2="{height - 22}" opacity="0.35"/>')
        parts.append(f'<text class="soft" x="{x:.1f}" y="{height - 6}" font-size="12" text-anchor="middle">{second} s</text>')
    for index, (kind, begin, end, words) in enumerate(rows):
        parts += row(kind, begin, end, words, TOP + ROW * index, at)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{RIGHT + LEFT}" height="{height}" '
            f'viewBox="0 0 {RIGHT + LEFT} {height}">\n{style.sheet()}\n' + "\n".join(parts) + "\n</svg>\n")
