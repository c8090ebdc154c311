# shellcheck shell=sh
# ./dev mutations: removes each guard in turn and expects its test to fail. Sourced by dev.

mutations() {
  need_build googletest googlemock python
  say "Removing each guard in turn"
  python3 tests/mutations/run.py --only "${1-}" . build/mutations
}
