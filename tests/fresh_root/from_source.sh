#!/bin/sh
# In a minimal system that has nothing but git, in the home of root, with a clone beside: from nothing to an app of one's own.
set -eu
clone=$HOME/alpaca-broker-cpp
here=$clone/tests/fresh_root
readme=$clone/README.md
export CMAKE_GENERATOR=Ninja # which the README's lines install, and no make
# shellcheck source=tests/fresh_root/steps.sh
. "$here/steps.sh"

demo() { (cd "$clone" && ./dev demo); }
install_from_source() { (cd "$clone" && readme_run '### From source'); }

step "./dev demo" show demo
step "The README's lines to install from source" install_from_source
step "An app with the README's CMake lines cancels at the mock" app_with_cmake "$HOME/app"
step "The same with pkg-config and a bare compiler line" app_with_pkg_config "$HOME/app"
finish
