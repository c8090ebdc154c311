# shellcheck shell=sh
# ./dev docs: the diagrams, the checks of the documents, and the site in build/docs/html. Sourced by dev.

docs() {
  case ${1-} in
    '' | --look) ;;
    *) fail "docs: there is no option $1; see ./dev help" ;;
  esac
  need "needed for the documentation" python doxygen graphviz
  say "Checking the documents"
  python3 tests/docs/links.py .
  python3 tests/docs/snippets.py .
  say "Drawing the diagrams"
  python3 docs/diagrams/render.py
  say "Building build/docs/html"
  rm -rf build/docs/html
  python3 docs/site/build.py build/docs
  python3 docs/site/check_pages.py build/docs/html
  [ "${1-}" != --look ] || look
}

look() {
  need "needed to look at the pages" chromium fonts
  say "Looking at them"
  python3 docs/site/look.py build/docs/html build/docs/look
}
