# shellcheck shell=sh
# ./dev matrix: builds the library as other people do. tests/matrix/lines.py defines the lines. Sourced by dev.

# here THING: whether the thing is installed; it can still be missing after need if no package is known for it.
here() {
  read -r _ sign apt _ <<END
$(catalogue | grep "^$1 ")
END
  present "$sign" "$apt"
}

matrix() {
  need "needed to run the matrix" python
  case " $* " in
    *" --list "*)
      python3 tests/matrix/run.py "$@"
      return
      ;;
  esac
  needs=$(python3 tests/matrix/run.py --needs "$@") || exit 1
  need_build
  mkdir -p build/matrix
  : >build/matrix/missing
  for thing in $needs; do
    # Runs in a subshell: a failing installation ends only that, and the lines that need the thing are skipped.
    if ! (need "needed for the matrix" "$thing") || ! here "$thing"; then
      echo "$thing" >>build/matrix/missing
    fi
  done
  python3 tests/matrix/run.py --missing build/matrix/missing "$@"
}
