# shellcheck shell=sh
# ./dev lint and ./dev format. Sourced by dev.

# each_source COMMAND...: runs it on the project's source files, new ones included.
each_source() {
  git rev-parse --is-inside-work-tree >/dev/null || fail "git knows which files are the project's: use a clone"
  git ls-files -z --cached --others --exclude-standard -- '*.cpp' '*.hpp' | xargs -0 "$@"
}

lint() {
  case ${1-} in '' | --format) ;; *) fail "lint: there is no $1, only --format" ;; esac
  need "needed to check the format" clang-format
  say "Checking the format"
  each_source clang-format --dry-run -Werror || fail "some files are not formatted: ./dev format does it"
  [ "${1-}" != --format ] || return 0
  need_build googletest googlemock spdlog asio clang clang-tidy
  configure tidy -D BUILD_TESTING=ON
  build tidy
  say "Nothing to complain about"
}

format() {
  need "needed to format" clang-format
  each_source clang-format -i
}
