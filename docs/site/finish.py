import pages
import markdown

def title(file):
    return markdown.headings(markdown.split(file.read_text(encoding="utf-8"))[1])[0][2]

def finish(folder): pass
