# shellcheck shell=sh
# ./dev second-libcurl: the tests with the libcurl of Debian's backports. Sourced by dev.

second_libcurl() {
  [ "$(manager)" = apt-get ] || fail "second-libcurl: knows only where Debian keeps another libcurl"
  need_build googletest googlemock python
  fetch_second_libcurl
  configure dev -D BUILD_TESTING=ON
  build dev
  say "Testing it with libcurl $(dpkg-deb -f "$folder"/cache/archives/libcurl4*.deb Version)"
  LD_LIBRARY_PATH=$(dirname "$library") ctest --preset dev --parallel 2 -L '^(unit|integration|faults|nginx)$' "$@"
}

# Puts it into build/second-libcurl, beside the system's, anew each time: there may be a newer one.
fetch_second_libcurl() {
  folder=build/second-libcurl
  rm -rf "$folder"
  say "Fetching the libcurl of the backports"
  mkdir -p build/log
  unpack_libcurl libcurl4t64 >build/log/second-libcurl.log 2>&1 || quietly second-libcurl unpack_libcurl libcurl4
  library=$(find "$PWD/$folder" -name libcurl.so.4)
  ! ldd "$library" | grep 'not found' || fail "second-libcurl: it needs the libraries above"
}

unpack_libcurl() { python3 tests/matrix/packages.py "$folder" backports "$1"; }
