# shellcheck shell=sh
# ./dev sanitize: the tests under the sanitizers. Sourced by dev.

sanitize() {
  case ${1-both} in
    both) set -- asan tsan ;;
    asan | tsan) ;;
    *) fail "sanitize: there is no $1, only asan and tsan" ;;
  esac
  need_build googletest googlemock spdlog asio python
  for preset; do
    launcher=
    # Some versions of the thread sanitizer do not start with a high degree of address randomisation.
    if [ "$preset" = tsan ] && setarch "$(uname -m)" -R true 2>/dev/null; then
      # shellcheck disable=SC2034 # check uses it
      launcher="setarch $(uname -m) -R"
    fi
    check "$preset"
  done
}
