# shellcheck shell=sh
# ./dev lint and ./dev format. Sourced by dev.

# each_source COMMAND...: runs the command on the project's source files, new ones included.
each_source() {
  git rev-parse --is-inside-work-tree >/dev/null || fail "git must list the project's files: use a clone"
  git ls-files -z --cached --others --exclude-standard -- '*.cpp' '*.hpp' | xargs -0 "$@"
}

lint() {
  case ${1-} in '' | --format) ;; *) fail "lint: there is no $1, only --format" ;; esac
  need "needed to check the format" clang-format
  say "Checking the format"
  each_source clang-format --dry-run -Werror || fail "some files are not formatted: run ./dev format"
  [ "${1-}" != --format ] || return 0
  need_build googletest googlemock spdlog asio clang clang-tidy
  configure tidy -D BUILD_TESTING=ON
  build tidy
  say "No complaints"
}

format() {
  need "needed to format" clang-format
  each_source clang-format -i
}
