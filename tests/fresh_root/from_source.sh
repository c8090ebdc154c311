#!/bin/sh
# Runs in a minimal system that has only git, in root's home folder, which contains a clone: from nothing to an app.
set -eu
clone=$HOME/alpaca-broker-cpp
here=$clone/tests/fresh_root
readme=$clone/README.md
install=$clone/docs/install.md
export CMAKE_GENERATOR=Ninja # the guide's lines install Ninja, but not make
# shellcheck source=tests/fresh_root/steps.sh
. "$here/steps.sh"

demo() { (cd "$clone" && ./dev demo); }
install_from_source() { (cd "$clone" && readme_run '## From source'); }

step "./dev demo" show demo
step "The guide's lines to install from source" install_from_source
step "An app with the guide's CMake lines cancels at the mock" app_with_cmake "$HOME/app"
step "The same with pkg-config and a bare compiler line" app_with_pkg_config "$HOME/app"
finish
