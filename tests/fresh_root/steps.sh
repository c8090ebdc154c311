# shellcheck shell=sh
# What the journeys of a new user have in common. They run the README's own lines, so that it cannot say what does not work.
# Sourced, with $here as this folder and $readme as the README.

: "${here:?}" "${readme:?}"
began=$(date +%s)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# step WORDS COMMAND...: does it, and says how long it took and what it printed last; if it fails, all that it printed.
step() {
  printf '==> %s\n' "$1"
  shift
  start=$(date +%s)
  if [ "$1" = show ]; then
    shift
    "$@"
    echo >"$scratch/step.log"
  else
    "$@" >"$scratch/step.log" 2>&1 </dev/null || {
      cat "$scratch/step.log"
      printf 'this failed: %s\n' "$*"
      exit 1
    }
  fi
  printf '    %s s  %s\n' $(($(date +%s) - start)) "$(tail -n 1 "$scratch/step.log")"
}

# The processor time says more than the clock where others work on the same machine.
finish() {
  times >"$scratch/times" # here, as a pipe would count its own
  printf '==> From nothing to here: %s s; user and system time: %s\n' $(($(date +%s) - began)) "$(tail -n 1 "$scratch/times")"
}

# readme_code HEADING LANGUAGE: what the README has in that language under that heading.
readme_code() {
  awk -v heading="$1" -v opening="\`\`\`$2" '
    code && /^```/ { code = 0; next }
    code && under && wanted { print }
    code { next }
    /^```/ { code = 1; wanted = $0 == opening; next }
    /^#/ { under = $0 == heading }' "$readme" >"$scratch/readme_code"
  [ -s "$scratch/readme_code" ] || {
    echo "the README has no $2 under \"$1\"" >&2
    return 1
  }
  cat "$scratch/readme_code"
}

# readme_run HEADING: runs the README's shell lines under that heading, here.
readme_run() {
  readme_code "$1" sh >"$scratch/readme_run.sh" && sed 's/^/    $ /' "$scratch/readme_run.sh" && sh -eux "$scratch/readme_run.sh"
}

# An app that is not the library's: the README's first program, linked by the README's lines.
write_app() {
  rm -rf "$1" && cp -R "$here/app" "$1" &&
    readme_code '## Quickstart' cpp >"$1/desk.cpp" &&
    readme_code '### Link it' cmake >"$1/readme.cmake"
}

app_with_cmake() {
  write_app "$1" && cd "$1" && cmake -S . -B build && cmake --build build && ./build/desk_test ./build/desk
}

# After app_with_cmake, whose desk_test is the mock broker here, too.
app_with_pkg_config() {
  cd "$1" && readme_run '### Link it' && ./build/desk_test ./desk
}
