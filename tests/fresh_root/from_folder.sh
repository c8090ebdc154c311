#!/bin/sh
# from_folder.sh FOLDER: builds the same apps on this machine, with the packages unpacked into FOLDER. Used where no
# clean system can be made.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
readme=$here/../../README.md
install=$here/../../docs/install.md
prefix=$1/usr
libraries=$(dirname "$(find "$prefix" -name 'libalpaca-broker.so')")
CMAKE_PREFIX_PATH=$prefix
PKG_CONFIG_PATH=$libraries/pkgconfig
LD_LIBRARY_PATH=$libraries
export CMAKE_PREFIX_PATH PKG_CONFIG_PATH LD_LIBRARY_PATH
# shellcheck source=tests/fresh_root/steps.sh
. "$here/steps.sh"

step "An app with the guide's CMake lines cancels at the mock" app_with_cmake "$1/app"
step "The same with pkg-config and a bare compiler line" app_with_pkg_config "$1/app"
finish
