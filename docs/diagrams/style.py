"""The look of all drawings: classes give them their colours, on light and on dark pages."""

FONT = "DejaVu Sans, Verdana, Arial, sans-serif"
LIGHT = {"ink": "#1f2933", "soft": "#64707d", "line": "#8793a0", "box": "#f5f7fa", "good": "#d9f2e3", "goodline": "#2f8a57",
         "doubt": "#fde4dc", "doubtline": "#c2492b", "known": "#e3ecfa", "knownline": "#3b6fb8",
         "question": "#fff5d6", "questionline": "#a77f14"}
DARK = {"ink": "#e4e9ee", "soft": "#9aa7b4", "line": "#76828f", "box": "#262d35", "good": "#1d3b2b", "goodline": "#5cc48d",
        "doubt": "#4a241b", "doubtline": "#f08a6c", "known": "#1f3049", "knownline": "#7fabe8",
        "question": "#3d3417", "questionline": "#dcb54a"}


def rules(colours):
    found = [f"text {{ fill: {colours['ink']} }}", f".soft {{ fill: {colours['soft']} }}",
             f".line, .edge path, .edge polygon, .edge polyline {{ stroke: {colours['line']} }}",
             f".edge polygon, .arrow {{ fill: {colours['line']} }}",
             ".edge path { fill: none }",
             f".box, .node path, .node polygon {{ fill: {colours['box']}; stroke: {colours['line']} }}"]
    for kind in ("good", "doubt", "known", "question"):
        found.append(f".{kind} path, .{kind} polygon, rect.{kind}, circle.{kind} "
                     f"{{ fill: {colours[kind]}; stroke: {colours[kind + 'line']} }}")
    found.append(".outside path, .outside polygon { fill: none; stroke-dasharray: 4 3 }")
    return "\n".join(found)


def sheet():
    return (f"<style>\ntext {{ font-family: {FONT} }}\n{rules(LIGHT)}\n"
            f"@media (prefers-color-scheme: dark) {{\n{rules(DARK)}\n}}\n</style>")
