# shellcheck shell=sh
# ./dev docs: checks the documents, draws the diagrams, and builds the site in build/docs/html. Sourced by dev.

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
  need "needed for screenshots of the pages" chromium fonts
  say "Taking screenshots"
  python3 docs/site/look.py build/docs/html build/docs/look
}
