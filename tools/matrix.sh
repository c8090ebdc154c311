# shellcheck shell=sh
# ./dev matrix: the library in other people's builds. What the lines are is in tests/matrix/lines.py. Sourced by dev.

# here THING: whether it is there by now; what no package is known for can still be missing after need.
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
    # In a shell of its own: what cannot be had ends that one, and a line is skipped for it.
    if ! (need "needed for the matrix" "$thing") || ! here "$thing"; then
      echo "$thing" >>build/matrix/missing
    fi
  done
  python3 tests/matrix/run.py --missing build/matrix/missing "$@"
}
