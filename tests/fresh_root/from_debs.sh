#!/bin/sh
# Runs in a minimal system, in root's home folder, which contains the packages. Goes from nothing to an app; then
# removes the mock broker's packages, the development packages and the rest in turn.
set -eu
here=$HOME/journey/fresh_root
readme=$HOME/journey/README.md
install=$HOME/journey/install.md
consumer=$HOME/journey/package/consumer
# shellcheck source=tests/fresh_root/steps.sh
. "$here/steps.sh"

install_compiler() { apt-get install -y g++ make cmake pkg-config; }
remove() { apt-get purge -y "$@"; }

build_without_mock() {
  cmake -S "$consumer" -B "$HOME/not_sent" -D program=not_sent && cmake --build "$HOME/not_sent"
}

refused_without_mock() {
  ! cmake -S "$consumer" -B "$HOME/accepted" -D program=accepted -D component=testing >"$scratch/refused" 2>&1 &&
    cat "$scratch/refused" && grep -q 'from a package: the one for testing' "$scratch/refused"
}

runs_with_runtime_alone() { [ ! -e /usr/include/alpaca ] && "$HOME/not_sent/not_sent" && echo "it runs"; }

nothing_left() {
  left=$(find / -xdev \( -path /proc -o -path "$HOME" \) -prune -o -name '*alpaca*' -print)
  echo "left: ${left:-nothing}"
  [ -z "$left" ]
}

step "The guide's lines to install the packages" readme_run '## From Debian packages'
step "A compiler, CMake and pkg-config" install_compiler
step "An app with the guide's CMake lines cancels at the mock" app_with_cmake "$HOME/app"
step "The same with pkg-config and a bare compiler line" app_with_pkg_config "$HOME/app"
finish

step "Without the testing packages, an app still builds" \
  eval 'remove "libalpaca-broker-testing*" && build_without_mock'
step "Without them, a request for the mock broker says what to install" refused_without_mock
step "Without the development package, the app still runs" \
  eval 'remove libalpaca-broker-dev && runs_with_runtime_alone'
step "Without any package, nothing is left behind" \
  eval 'remove "libalpaca-broker*" && nothing_left'
