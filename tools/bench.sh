# shellcheck shell=sh
# ./dev bench: counts, then measures; writes docs/performance/. Sourced by dev.

bench() {
  case ${1-} in
    '' | --quick | --full | --instructions) ;;
    *) fail "bench: there is no option $1; see ./dev help" ;;
  esac
  need_build nginx boost gnuplot authorities python valgrind strace
  configure bench
  build bench
  say "Counting"
  python3 bench/counts/counts.py build/bench/bench/counts --json docs/performance/counts.json
  [ "${1-}" = --instructions ] || side_by_side "${1:---default}"
}

side_by_side() {
  say "Measuring"
  python3 bench/run.py "$1" build/bench/bench docs/performance
  say "Drawing docs/performance/latency.svg and batch.svg"
  gnuplot bench/plots/latency.gp
  gnuplot bench/plots/batch.gp
}
