# shellcheck shell=sh
# Steps that a new user's journeys share. They run the documents' own lines, so that wrong lines are noticed.
# Sourced, with $here as this folder, $readme as the README and $install as docs/install.md.

: "${here:?}" "${readme:?}" "${install:?}"
began=$(date +%s)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# step TITLE COMMAND...: runs the command, and prints its duration and last line; if it fails, all of its output.
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
      printf 'failed: %s\n' "$*"
      exit 1
    }
  fi
  printf '    %s s  %s\n' $(($(date +%s) - start)) "$(tail -n 1 "$scratch/step.log")"
}

# On a shared machine, the processor time says more than the clock.
finish() {
  times >"$scratch/times" # not in a pipe, which would report its own times
  printf '==> In total: %s s; user and system time: %s\n' $(($(date +%s) - began)) "$(tail -n 1 "$scratch/times")"
}

# readme_code HEADING LANGUAGE: prints the code in that language under that heading, of the README or docs/install.md.
readme_code() {
  awk -v heading="$1" -v opening="\`\`\`$2" '
    code && /^```/ { code = 0; next }
    code && under && wanted { print }
    code { next }
    /^```/ { code = 1; wanted = $0 == opening; next }
    /^#/ { under = $0 == heading }' "$readme" "$install" >"$scratch/readme_code"
  [ -s "$scratch/readme_code" ] || {
    echo "the README and docs/install.md have no $2 under \"$1\"" >&2
    return 1
  }
  cat "$scratch/readme_code"
}

# readme_run HEADING: runs the documents' shell lines under that heading in the current folder.
readme_run() {
  readme_code "$1" sh >"$scratch/readme_run.sh" && sed 's/^/    $ /' "$scratch/readme_run.sh" && sh -eux "$scratch/readme_run.sh"
}

# Writes an app outside the library: the README's first program, linked with the lines of docs/install.md.
write_app() {
  rm -rf "$1" && cp -R "$here/app" "$1" &&
    readme_code '## Quickstart' cpp >"$1/desk.cpp" &&
    readme_code '## Link it' cmake >"$1/readme.cmake"
}

app_with_cmake() {
  write_app "$1" && cd "$1" && cmake -S . -B build && cmake --build build && ./build/desk_test ./build/desk
}

# Runs after app_with_cmake, because it also uses that app's desk_test as the mock broker.
app_with_pkg_config() {
  cd "$1" && readme_run '## Link it' && ./build/desk_test ./desk
}
