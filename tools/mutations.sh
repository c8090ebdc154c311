# shellcheck shell=sh
# ./dev mutations: takes each guard out and expects its test to fail. Sourced by dev.

mutations() {
  need_build googletest googlemock python
  say "Taking out one guard after the other"
  python3 tests/mutations/run.py --only "${1-}" . build/mutations
}
